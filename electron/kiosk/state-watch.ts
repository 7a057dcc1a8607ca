/** Tells every listener the whole state: at once, and again whenever `changed` is called. A slow listener gets the newest only. */
export function createStateWatch<T>(state: () => T) {
  const wakers = new Set<() => void>()
  let watching = 0
  let version = 0
  let closed = false

  function wakeAll(): void {
    for (const wake of [...wakers]) wake()
  }

  function nextChange(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        wakers.delete(wake)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      wakers.add(wake)
      signal?.addEventListener('abort', wake)
    })
  }

  return {
    changed(): void {
      version += 1
      wakeAll()
    },
    close(): void {
      closed = true
      wakeAll()
    },
    watched: (): boolean => watching > 0,
    async *watch(signal?: AbortSignal): AsyncGenerator<T, void, void> {
      watching += 1
      let told = -1
      try {
        while (!closed && signal?.aborted !== true) {
          if (told !== version) {
            told = version
            yield state()
          } else await nextChange(signal)
        }
      } finally {
        watching -= 1
      }
    },
  }
}
