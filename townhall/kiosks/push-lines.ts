import type { HubPush } from '../../contract/kiosk-hub-api.ts'

type Say = (push: HubPush) => void

/** The kiosks that listen to this process, and how to tell one of them something. */
export function createPushLines() {
  const lines = new Map<number, Set<Say>>()
  return {
    /** @returns to be called when the stream ends */
    open(kioskNo: number, say: Say): () => void {
      // After a cut a kiosk may be back before the former stream is known to be dead.
      const open = lines.get(kioskNo) ?? new Set<Say>()
      lines.set(kioskNo, open.add(say))
      return () => {
        open.delete(say)
        if (open.size === 0 && lines.get(kioskNo) === open) lines.delete(kioskNo)
      }
    },
    isOpen: (kioskNo: number): boolean => lines.has(kioskNo),
    /** @returns false: that kiosk does not listen */
    say(kioskNo: number, push: HubPush): boolean {
      const open = lines.get(kioskNo)
      for (const say of open ?? []) say(push)
      return open !== undefined
    },
  }
}
export type PushLines = ReturnType<typeof createPushLines>
