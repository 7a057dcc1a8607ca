import type { Report } from './health/health-log.ts'
import type { openStorage } from './storage.ts'

type Storage = Pick<ReturnType<typeof openStorage>, 'found' | 'outbox'>

/** What was found damaged on the disk, told to the town hall. */
export function createStorageReports({ found, outbox }: Storage, report: Report) {
  function rescue(): void {
    const rescued = outbox.takeRescue()
    if (rescued !== null) report('outbox-salvaged', 'error', { ...rescued })
  }
  return {
    /** What is saved from an outbox that is found damaged later. */
    rescue,
    atStart(): void {
      const { identityUnusable, cacheSetAside } = found
      if (identityUnusable !== null) report('config-refused', 'error', { file: 'identity', reason: identityUnusable })
      if (cacheSetAside !== null) report('cache-rebuilt', 'warning', { setAside: cacheSetAside })
      rescue()
    },
  }
}
