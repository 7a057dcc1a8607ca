import { z } from 'zod'
import { readIfThere, writeDurably } from './durable-file.ts'

const schema = z.object({
  kioskId: z.string(),
  usage: z.number().int().nonnegative(),
  health: z.number().int().nonnegative(),
})
export type SequenceFloor = { usage: number; health: number }

/**
 * The highest sequences ever given to the network under this kiosk's name, kept outside of the outbox and on the disk before each sending:
 * whatever becomes of the outbox, the hub never sees a sequence again with another content.
 */
export function createSequenceFloor(path: string, kioskId: () => string | null) {
  const none = { kioskId: '', usage: 0, health: 0 }
  let stored = load()

  function load(): z.infer<typeof schema> {
    try {
      return schema.parse(JSON.parse(readIfThere(path) ?? 'null'))
    } catch {
      return none
    }
  }

  /** Under a new name, sequences begin anew. */
  const read = (): SequenceFloor => (stored.kioskId === kioskId() ? stored : none)

  return {
    read,
    /** The same under whatever name it was. */
    ever: (): SequenceFloor => stored,
    raise(next: Partial<SequenceFloor>): void {
      const floor = read()
      const raised = { usage: Math.max(floor.usage, next.usage ?? 0), health: Math.max(floor.health, next.health ?? 0) }
      if (raised.usage === floor.usage && raised.health === floor.health) return
      stored = { ...raised, kioskId: kioskId() ?? '' }
      writeDurably(path, JSON.stringify(stored), 0o600)
    },
  }
}
export type SequenceFloorFile = ReturnType<typeof createSequenceFloor>
