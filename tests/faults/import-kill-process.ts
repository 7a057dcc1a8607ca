// A process that takes a list into the hub's database at argv[2] and is killed meanwhile: argv[3] titles, all of them other than in the list before, argv[4].
import { openDatabase } from '../../townhall/database/open-database.ts'
import { createCatalogueRepository } from '../../townhall/library/catalogue-repository.ts'

const [dataDir = '', titles = '0', generation = ''] = process.argv.slice(2)
const { db } = await openDatabase({ dataDir })
const records = Array.from({ length: Number(titles) }, (_, at) => {
  // In the order of no key.
  const number = (at * 7_919) % Number(titles)
  const branch = (number + Number(generation)) % 2 === 0 ? '本館' : '分館'
  return {
    ...{ id: `n${number}`, kind: 'book' as const, title: `第${generation}版の題${number}` },
    ...{ authors: [], series: [], subjects: [], aboutTown: false, loans: 0 },
    holdings: [{ item: null, branch, shelf: null, callNumber: null, readingRoomOnly: false }],
  }
})
await createCatalogueRepository(db).import({ source: 'file', records, gone: [], whole: true, asOf: '2026-11-27' })
await db.destroy()
