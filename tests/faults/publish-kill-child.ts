import { writeSync } from 'node:fs'
import { openDatabase } from '../../townhall/database/open-database.ts'
import { publishRelease } from '../../townhall/releases/publish-release.ts'
import { type Loss, powerCut } from './power-cut.ts'
import { killFiles } from './release-kill-files.ts'

/** A publish that ends in the middle. */
const [dataDir = '', text = '', cutAtStep = '0', loss = 'contents'] = process.argv.slice(2)
const { calls, steps } = powerCut(Number(cutAtStep), loss as Loss)
const { db } = await openDatabase({ dataDir })
const clock = { nowMs: () => Date.UTC(2026, 10, 24) }
const result = await publishRelease(
  { db, clock, dataDir, audit: async () => {} },
  { files: killFiles(text), publishedBy: 'child', disk: calls },
)
await db.destroy()
writeSync(1, `${JSON.stringify({ result, steps: steps() })}\n`)
