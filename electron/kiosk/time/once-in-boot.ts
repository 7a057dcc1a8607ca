/** Acts the first time it is called since the machine was switched on, though the process began anew meanwhile. */
export function onceInBoot(
  keep: { read: () => string | null; write: (text: string) => void },
  bootId: string,
  act: () => void,
): () => void {
  return () => {
    if (keep.read() === bootId) return
    keep.write(bootId)
    act()
  }
}
