import { packRecord } from '../../../contract/library/packed-record.ts'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import { spineKey } from '../../../contract/library/title-numbers.ts'
import { writeKeys } from './key-table.ts'
import { byText, RecordSpool } from './record-spool.ts'
import { SectionWriter } from './section-writer.ts'
import { TextIndex } from './text-index.ts'
import { TitleColumns } from './title-columns.ts'

const recordsPerWrite = 1024

/** `gone`: ids of earlier files that are no more; those in `records` take the place of earlier ones without being named here. */
type SegmentInput = {
  records: AsyncIterable<LibraryRecord> | Iterable<LibraryRecord>
  gone: readonly string[]
  file: string
}

/** Writes a search file of the library. The same records in any order make the same bytes, as long as their ids differ; of two with one id the later counts. */
export async function buildSegment({
  records,
  gone,
  file,
}: SegmentInput): Promise<{ records: number; sizeBytes: number }> {
  const spool = new RecordSpool(`${file}.spool`)
  try {
    for await (const record of records) spool.add(record)
    const order = spool.popularityOrder()
    const writer = new SectionWriter(file)
    try {
      const sizeBytes = writeSegment(spool, order, [...new Set(gone)].sort(byText), writer)
      return { records: order.length, sizeBytes }
    } catch (error) {
      writer.giveUp()
      throw error
    }
  } finally {
    spool.remove()
  }
}

function writeSegment(spool: RecordSpool, order: Uint32Array, gone: string[], writer: SectionWriter): number {
  const titles = order.length
  const columns = new TitleColumns(titles)
  const texts = new TextIndex()
  const spines: [string, number][] = []
  const recordStart = new Float64Array(titles + 1)
  const addRecords = writer.begin('records')
  let held: Buffer[] = []
  for (let title = 0; title < titles; title += 1) {
    const record = spool.record(order[title] ?? 0)
    columns.set(title, record)
    texts.add(title, record)
    const spine = spineKey(record)
    if (spine !== null) spines.push([spine, title])
    const bytes = Buffer.from(JSON.stringify(packRecord(record)))
    recordStart[title + 1] = (recordStart[title] ?? 0) + bytes.length
    held.push(bytes)
    if (held.length === recordsPerWrite || title === titles - 1) {
      addRecords(Buffer.concat(held))
      held = []
    }
  }
  writer.add('recordStart', recordStart)
  columns.write(writer)
  const ids = Array.from(order, (index, title): [string, number] => [spool.ids[index] ?? '', title])
  ids.sort(([one], [other]) => byText(one, other))
  const idRanks = new Uint32Array(titles)
  for (const [rank, [, title]] of ids.entries()) idRanks[title] = rank
  writeKeys(writer, { keys: 'ids', index: 'idsIndex' }, ids)
  writer.add('idRanks', idRanks)
  spines.sort(([one, first], [other, second]) => byText(one, other) || first - second)
  writeKeys(writer, { keys: 'spines', index: 'spinesIndex' }, spines)
  const index = texts.write(writer, titles)
  return writer.finish({ titles, ...index, shelfIds: columns.shelfIds, gone })
}
