import { auth } from '../api/auth.ts'

const everyMs = 5 * 60_000

/**
 * A session ends two hours after somebody last did something. Pages that refresh themselves do not count;
 * a key or a press does, and is told to the hub at most every five minutes. Returns how to stop.
 */
export function keepAliveWhileUsed(): () => void {
  let toldMs = performance.now()
  const used = () => {
    if (performance.now() - toldMs < everyMs) return
    toldMs = performance.now()
    void auth.session().catch(() => undefined)
  }
  window.addEventListener('keydown', used)
  window.addEventListener('pointerdown', used)
  return () => {
    window.removeEventListener('keydown', used)
    window.removeEventListener('pointerdown', used)
  }
}
