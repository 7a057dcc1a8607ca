import type { DeviceState } from '../../../contract/bridge.ts'

/** Tells every listening screen the whole state: at once, and again whenever `changed` is called. A slow listener gets the newest only. */
export function createDeviceWatch(state: () => DeviceState) {
  const wakers = new Set<() => void>()
  let version = 0
  let closed = false

  function wakeAll(): void {
    for (const wake of [...wakers]) wake()
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
    async *watch(signal?: AbortSignal): AsyncGenerator<DeviceState, void, void> {
      let told = -1
      while (!closed && signal?.aborted !== true) {
        if (told !== version) {
          told = version
          yield state()
          continue
        }
        await new Promise<void>((resolve) => {
          const wake = () => {
            wakers.delete(wake)
            signal?.removeEventListener('abort', wake)
            resolve()
          }
          wakers.add(wake)
          signal?.addEventListener('abort', wake)
        })
      }
    },
  }
}
