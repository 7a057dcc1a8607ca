import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe } from 'vitest'
import { type OpenDatabase, openDatabase } from '../database/open-database.ts'
import { startPostgres } from './postgres-server.ts'

export type Place = { dataDir: string; databaseUrl: string | undefined }
export type Engine = {
  /** A new database, brought to the program's shape; closed after the test. */
  open(): Promise<OpenDatabase & { place: Place }>
  /** The same database once more, as another process would open it. */
  openAgain(place: Place): Promise<OpenDatabase>
}

const postgres = await startPostgres()
const whyNot = 'whyNot' in postgres ? postgres.whyNot : null

/** One suite for both databases that the hub knows. Where PostgreSQL cannot run here, its half is skipped and its name says why. */
export function onEachEngine(subject: string, suite: (engine: Engine) => void): void {
  describe(`${subject} on SQLite`, () => suite(engine(async () => undefined)))
  describe.skipIf(whyNot)(`${subject} on PostgreSQL${whyNot === null ? '' : ` (skipped: ${whyNot})`}`, () =>
    suite(engine(async () => ('create' in postgres ? postgres.create() : undefined))),
  )
}

afterAll(async () => {
  if ('stop' in postgres) await postgres.stop()
})

function engine(newUrl: () => Promise<string | undefined>): Engine {
  const opened: OpenDatabase[] = []
  const dirs: string[] = []
  afterEach(async () => {
    for (const { db } of opened.splice(0)) await db.destroy()
    for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
  })
  async function openAgain(place: Place): Promise<OpenDatabase> {
    const database = await openDatabase(place)
    opened.push(database)
    return database
  }
  return {
    async open() {
      const dataDir = mkdtempSync(join(tmpdir(), 'hub-database-'))
      dirs.push(dataDir)
      const place = { dataDir, databaseUrl: await newUrl() }
      return { ...(await openAgain(place)), place }
    },
    openAgain,
  }
}
