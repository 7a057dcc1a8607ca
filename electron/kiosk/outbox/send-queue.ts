import { usageBatchMaxEvents } from '../../../contract/usage-event.ts'
import { diskTrouble } from '../database/disk-trouble.ts'
import type { Report } from '../health/health-log.ts'
import type { HubClient } from '../hub/hub-client.ts'
import { judgeFailure } from '../hub/hub-failure.ts'
import type { SequenceFloorFile } from '../identity/sequence-floor.ts'
import type { KioskTime } from '../time/kiosk-time.ts'
import { decideCursor } from './decide-cursor.ts'
import type { Outbox } from './outbox.ts'

type SendQueueOptions = {
  use: <T>(work: (outbox: Outbox) => T) => T
  time: KioskTime
  floor: SequenceFloorFile
  report: Report
  signal: AbortSignal
}
export type SendResult = 'all-sent' | 'disk-refuses' | 'stuck'
export type SendQueue = ReturnType<typeof createSendQueue>

const healthBatch = 200

/** What is to be sent next, and what an answer means for it. Knows the way through the queue, not when to go it. */
export function createSendQueue({ use, time, floor, report, signal }: SendQueueOptions) {
  let usageCursor = use((outbox) => outbox.state().removedThrough)
  let healthCursor = 0
  let usageBatch = usageBatchMaxEvents
  let toldGap = -1
  /** Acknowledged, and not yet deleted because the disk refused. */
  const removable = { usage: 0, health: 0 }

  /** A full disk keeps the rows a while longer; they are not sent again. */
  function remove(): void {
    try {
      if (removable.usage > 0) use((outbox) => outbox.removeUsage(removable.usage))
      removable.usage = 0
      if (removable.health > 0) use((outbox) => outbox.removeHealth(removable.health))
      removable.health = 0
    } catch (error) {
      if (diskTrouble(error) === null) throw error
    }
  }

  function noteSent(sent: { usage?: number; health?: number }): void {
    try {
      floor.raise(sent)
    } catch (error) {
      // Without room for the note the sending goes on: the outbox itself is sound.
      if (diskTrouble(error) === null) throw error
    }
  }

  async function sendUsage(client: HubClient): Promise<'sent' | 'more' | 'nothing' | 'stuck'> {
    const asked = usageBatch
    const events = use((outbox) => outbox.usageAfter(usageCursor, asked))
    const first = events[0]
    const last = events.at(-1)
    if (first === undefined || last === undefined) return 'nothing'
    noteSent({ usage: last.sequence })
    const { acknowledgedThrough } = await client.api.pushUsage({ events }, { signal })
    const decision = decideCursor({
      firstSequence: first.sequence,
      lastSequence: last.sequence,
      firstStored: use((outbox) => outbox.usageAfter(0, 1))[0]?.sequence ?? first.sequence,
      acknowledgedThrough,
      everSent: floor.read().usage,
    })
    usageCursor = decision.cursor
    removable.usage = Math.max(removable.usage, decision.removeThrough)
    remove()
    if ((decision.trouble === 'gap' || decision.trouble === 'ahead') && toldGap !== acknowledgedThrough) {
      toldGap = acknowledgedThrough
      const { removedThrough, lastSequence } = use((outbox) => outbox.state())
      report('sequence-gap', 'error', { kind: decision.trouble, acknowledgedThrough, removedThrough, lastSequence })
    }
    usageBatch = Math.min(usageBatchMaxEvents, usageBatch * 2)
    if (decision.trouble === 'stuck') return 'stuck'
    // A full batch leaves some behind it; one that the hub took in part is sent again from there.
    return events.length === asked || usageCursor < last.sequence ? 'more' : 'sent'
  }

  async function sendHealth(client: HubClient): Promise<'sent' | 'nothing'> {
    const entries = use((outbox) => outbox.healthAfter(healthCursor, healthBatch))
    const last = entries.at(-1)
    if (last === undefined) return 'nothing'
    noteSent({ health: last.sequence })
    const { acknowledgedThrough } = await client.api.pushHealth({ entries }, { signal })
    healthCursor = last.sequence
    removable.health = Math.max(removable.health, Math.min(acknowledgedThrough, last.sequence))
    remove()
    return 'sent'
  }

  return {
    /** Sends all that is there, accesses first; what is counted meanwhile has its own turn. Rejects with what the hub client rejects with; all that was acknowledged before counts. */
    async sendAll(client: HubClient): Promise<SendResult> {
      remove()
      if (!time.anchored()) await client.api.time(undefined, { signal })
      if (!time.settled()) return 'disk-refuses'
      for (;;) {
        const usage = await sendUsage(client)
        if (usage === 'stuck') return 'stuck'
        if (usage === 'more') continue
        if ((await sendHealth(client)) === 'nothing') return 'all-sent'
      }
    },

    /** Before the next try. A batch too large for the hub is halved; one that it finds malformed too, to come nearer to the cause. */
    noteFailure(error: unknown): void {
      const failure = judgeFailure(error)
      const { kind } = failure
      if (kind === 'conflict') {
        report('usage-refused', 'error', { reason: 'the hub holds another access', sequence: failure.sequence ?? 0 })
      }
      if (kind === 'refused' && usageBatch === 1) report('usage-refused', 'error', { afterSequence: usageCursor })
      if (kind === 'too-large' || kind === 'refused') usageBatch = Math.max(1, Math.floor(usageBatch / 2))
    },

    hasMore: (): boolean =>
      use((outbox) => {
        const { lastSequence, healthDepth } = outbox.state()
        return lastSequence > usageCursor || (healthDepth > 0 && outbox.healthAfter(healthCursor, 1).length > 0)
      }),

    /** Everything again from the first row: the kiosk has a new name. */
    startOver(): void {
      usageCursor = 0
      healthCursor = 0
      removable.usage = 0
      removable.health = 0
    },

    remove,
  }
}
