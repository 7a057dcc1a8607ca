// A process that takes a made catalogue into the hub's database at argv[2]: argv[3] titles; told over the channel when it begins and how long it took.
import { openDatabase } from '../townhall/database/open-database.ts'
import { createCatalogueRepository } from '../townhall/library/catalogue-repository.ts'
import { madeRecords } from './search-catalogue.ts'

const [dataDir = '', titles = '0'] = process.argv.slice(2)
const { db } = await openDatabase({ dataDir })
const catalogue = createCatalogueRepository(db)
let records = [...madeRecords(Number(titles), 20)]
for (const round of ['first', 'again', 'changed'] as const) {
  // What a year's statistics do: every title has another number of loans.
  if (round === 'changed') records = records.map((record) => ({ ...record, loans: record.loans + 1 }))
  process.send?.({ is: 'begin', round })
  const began = performance.now()
  await catalogue.import({ source: 'file', records, gone: [], whole: true, asOf: '2026-11-27' })
  process.send?.({ is: 'end', round, ms: performance.now() - began })
  await new Promise((resolve) => process.once('message', resolve))
}
await db.destroy()
process.disconnect()
