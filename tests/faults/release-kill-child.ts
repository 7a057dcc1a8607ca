import { readFileSync, writeSync } from 'node:fs'
import { createReleaseService } from '../../electron/kiosk/release/release-service.ts'
import { type Loss, powerCut } from './power-cut.ts'

/** A kiosk that looks for a release once, and ends in the middle of it. */
const [dataDir = '', release0Dir = '', baseUrl = '', rootFile = '', cutAtStep = '0', loss = 'contents'] =
  process.argv.slice(2)
const { calls, steps } = powerCut(Number(cutAtStep), loss as Loss)

const service = await createReleaseService({
  dataDir,
  release0Dir,
  source: () => ({ baseUrl, fetch, tufRoot: readFileSync(rootFile, 'utf8') }),
  clock: { nowMs: () => Date.UTC(2026, 10, 24) },
  report: () => {},
  checkMenu: () => {},
  parts: { partFromBytes: 30_000, partSyncBytes: 12_000 },
  disk: {
    makeFolder: async (path) => calls.makeFolder(path),
    write: async (path, bytes) => calls.write(path, bytes),
    append: async (path, bytes) => calls.append(path, bytes),
    fsync: async (path) => calls.fsync(path),
    rename: async (from, to) => calls.rename(from, to),
    unlink: async (path) => calls.unlink(path),
    freeBytes: async () => Number.POSITIVE_INFINITY,
    truncate: async (path, sizeBytes) => calls.truncate(path, sizeBytes),
  },
})
const result = await service.checkNow()
await service.stop()
writeSync(1, `${JSON.stringify({ result, steps: steps() })}\n`)
process.exit(0)
