import type { SendQueue } from '../outbox/send-queue.ts'
import type { Sender } from '../outbox/sender.ts'
import type { createMembership, HubMove } from './membership.ts'

type Options = {
  enrolled: () => boolean
  membership: Pick<ReturnType<typeof createMembership>, 'enrol' | 'moveHub'>
  sending: Pick<Sender, 'flush' | 'switchName'>
  queue: Pick<SendQueue, 'startOver'>
  /** Under another name. */
  onName: () => void
  /** To talk to, from now on. */
  onHub: () => void
}

/** A new name for the kiosk, or another address of its hub, with nothing of what waits to be sent lost. */
export function createEnrolment({ enrolled, membership, sending, queue, onName, onHub }: Options) {
  return {
    async enrol(input: { hubUrl: string; code: string }): Promise<{ kioskId: string }> {
      // Under a new name the queue is numbered anew: what the old name can still deliver is delivered first.
      if (enrolled()) await sending.flush()
      const name = await membership.enrol(input, (work) =>
        sending.switchName(async () => {
          await work()
          queue.startOver()
        }),
      )
      onName()
      onHub()
      return name
    },
    async moveHub(hubUrl: string): Promise<HubMove> {
      const outcome = await membership.moveHub(hubUrl)
      if (outcome === 'moved') onHub()
      return outcome
    },
  }
}
