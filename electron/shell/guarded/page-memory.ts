import { app, type WebContents } from 'electron'

/** A page of a town needs a fraction of it; one that takes so much is ended before the machine has none left (C1). */
const mostKb = 1_200_000
const lookMs = 2_000

/** @returns what ends the watch */
export function watchMemory(contents: WebContents, onTooMuch: () => void): () => void {
  const timer = setInterval(() => {
    if (contents.isDestroyed()) return
    const processes = new Set(contents.mainFrame.framesInSubtree.map(({ osProcessId }) => osProcessId))
    const takenKb = app
      .getAppMetrics()
      .filter(({ pid }) => processes.has(pid))
      .reduce((sum, { memory }) => sum + memory.workingSetSize, 0)
    if (takenKb > mostKb) onTooMuch()
  }, lookMs)
  timer.unref()
  return () => clearInterval(timer)
}
