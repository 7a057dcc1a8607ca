// A process that takes a made catalogue into the hub's database at argv[2]: argv[3] titles; told over the channel when a round begins and what it took.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { LibraryRecord } from '../contract/library/record.ts'
import { openDatabase } from '../townhall/database/open-database.ts'
import { createCatalogueRepository } from '../townhall/library/catalogue-repository.ts'
import { madeRecords } from './search-catalogue.ts'

/** `cpuMs`: of all its threads; on a machine with other work it says more than the clock. */
type Took = { ms: number; cpuMs: number }

const [dataDir = '', titles = '0'] = process.argv.slice(2)
const { db } = await openDatabase({ dataDir })
const catalogue = createCatalogueRepository(db)
const made = [...madeRecords(Number(titles), 20)]
const borrowed = (record: LibraryRecord) => ({ ...record, loans: record.loans + 1 })
const rounds: [string, () => LibraryRecord[]][] = [
  ['first', () => made],
  ['same', () => made],
  ['few', () => made.map((record, at) => (at % 100 === 0 ? borrowed(record) : record))],
  // What a year's statistics do: every title has another number of loans.
  ['all', () => made.map(borrowed)],
]
for (const [round, listOf] of rounds) {
  const records = listOf()
  const bare = bareInserts(join(dataDir, 'bare.sqlite'), records)
  process.send?.({ is: 'begin', round })
  const took = await measured(() =>
    catalogue.import({ source: 'file', records, gone: [], whole: true, asOf: '2026-11-27' }),
  )
  process.send?.({ is: 'end', round, took, bare })
  await new Promise((resolve) => process.once('message', resolve))
}
await db.destroy()
process.disconnect()

async function measured(work: () => Promise<unknown>): Promise<Took> {
  const [began, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { ms: performance.now() - began, cpuMs: (user + system) / 1_000 }
}

/** What the disk takes for these rows and no more, with the index that any such table has. Before each round: the machine is not always as quick. */
function bareInserts(file: string, records: readonly LibraryRecord[]): Took {
  const sqlite = new SQLite(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.exec('create table titles (id text primary key, source text, record text, revision bigint, deleted integer)')
  const insert = sqlite.prepare('insert into titles values (?, ?, ?, 1, 0)')
  const rows = records.map((record) => [record.id, JSON.stringify(record)] as const)
  const [began, before] = [performance.now(), process.cpuUsage()]
  sqlite.transaction(() => {
    for (const [id, record] of rows) insert.run(id, 'file', record)
  })()
  const { user, system } = process.cpuUsage(before)
  const ms = performance.now() - began
  sqlite.close()
  rmSync(file)
  return { ms, cpuMs: (user + system) / 1_000 }
}
