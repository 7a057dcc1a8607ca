import { readFileSync, writeSync } from 'node:fs'
import { createReleaseService } from '../../electron/kiosk/release/release-service.ts'
import { openDatabase } from '../../townhall/database/open-database.ts'
import { publishRelease } from '../../townhall/releases/publish-release.ts'

/** A hub that publishes a large file, or a kiosk that fetches it; says how much memory it took at most. */
const [work = '', dataDir = '', from = '', ...rest] = process.argv.slice(2)
const clock = { nowMs: () => Date.UTC(2026, 10, 24) }

async function publish(): Promise<string> {
  const { db } = await openDatabase({ dataDir })
  const files = [
    { menu: 'library', path: 'content.json', bytes: Buffer.from('{}') },
    // Several at once are read ahead.
    ...[0, 1, 2, 3].map((at) => ({ menu: 'library', path: `catalogue/${at}.library`, file: from })),
  ]
  const context = { db, clock, dataDir, audit: async () => {} }
  const { kind } = await publishRelease(context, { files, publishedBy: 'child' })
  await db.destroy()
  return kind
}

async function fetchIt(): Promise<string> {
  const [release0Dir = '', rootFile = ''] = rest
  const service = await createReleaseService({
    dataDir,
    release0Dir,
    source: () => ({ baseUrl: from, fetch, tufRoot: readFileSync(rootFile, 'utf8') }),
    clock,
    report: () => {},
    checkMenu: () => {},
  })
  const result = await service.checkNow()
  await service.stop()
  return result
}

const result = work === 'publish' ? await publish() : await fetchIt()
writeSync(1, JSON.stringify({ result, mostBytes: process.resourceUsage().maxRSS * 1024 }))
process.exit(0)
