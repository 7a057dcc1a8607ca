import type { LibraryRecord } from '../../../contract/library/record.ts'
import { decodeXml } from './decode-xml.ts'
import { finishRecord } from './finish-record.ts'
import { besideInWords, placeFor } from './keep-record.ts'
import type { ColumnMap, KeptColumns } from './library-columns.ts'
import type { ReadMarc } from './marc-fields.ts'
import { marcTitle } from './marc-title.ts'
import { createNoticeList } from './notice-list.ts'
import { readIso2709 } from './read-iso2709.ts'
import { type ReadCatalogue, readLibraryCsv } from './read-library-csv.ts'
import { readMarcXml } from './read-marcxml.ts'
import { partsOfXml, type ReadTitle, readRecordXml } from './read-record-xml.ts'

type CatalogueKind = 'csv' | 'marc' | 'xml'

/** What a file is, by how it begins. */
export function kindOfFile(bytes: Uint8Array): CatalogueKind {
  const head = Buffer.from(bytes.subarray(0, 400))
    .toString('latin1')
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .trimStart()
  if (head.startsWith('<')) return 'xml'
  return /^\d{5}[\s\S]{15}4500/.test(head) || head.includes('\u001e') ? 'marc' : 'csv'
}

/** A catalogue in any of its formats. Never throws for what is in the file. */
export function readCatalogue(
  bytes: Uint8Array,
  options: { kind?: CatalogueKind; columns?: ColumnMap; kept?: readonly KeptColumns[] } = {},
): ReadCatalogue {
  const kind = options.kind ?? kindOfFile(bytes)
  return kind === 'csv'
    ? readLibraryCsv(bytes, options.columns, options.kept)
    : readTitles(kind === 'marc' ? titlesOfMarc(readIso2709(bytes)) : readXml(bytes))
}

type ReadOne = (ReadTitle & { repairs?: string[] }) | { kind: 'refused'; reason: string; value: string | null }

function* readXml(bytes: Uint8Array): Generator<ReadOne, void, undefined> {
  const decoded = decodeXml(bytes)
  if ('refused' in decoded) return yield { kind: 'refused', reason: decoded.refused }
  const parts = partsOfXml(decoded.text)
  if (parts === null) yield* titlesOfMarc(readMarcXml(decoded.text))
  else for (const part of parts) yield readRecordXml(part)
}

function* titlesOfMarc(records: Iterable<ReadMarc>): Generator<ReadOne, void, undefined> {
  for (const one of records) {
    // Leader 05: d is a record deleted.
    if (one.kind === 'record')
      yield { kind: 'title', raw: marcTitle(one.record), deleted: one.record.leader[5] === 'd', repairs: one.repairs }
    else yield one
  }
}

function readTitles(all: Iterable<ReadOne>): ReadCatalogue {
  const notices = createNoticeList()
  const records = new Map<string, LibraryRecord>()
  const gone = new Set<string>()
  let read = 0
  for (const one of all) {
    read += 1
    const place = `${read}件目`
    if (one.kind === 'refused') {
      const value = 'value' in one ? one.value : null
      notices.say({ line: null, column: place, value, reason: one.reason, severity: 'refused' })
      continue
    }
    const { raw, deleted, repairs = [] } = one
    for (const reason of repairs) notices.say({ line: null, column: place, value: null, reason, severity: 'repaired' })
    if (deleted && raw.id !== '') {
      gone.add(raw.id)
      records.delete(raw.id)
      continue
    }
    const record = finishRecord(raw, (severity, part, value, reason) =>
      notices.say({ line: null, column: `${place} ${part}`, value, reason, severity }),
    )
    if (record === null) continue
    const { id, kind } = placeFor(records, record)
    if (kind !== 'new') {
      const reason = kind === 'beside' ? besideInWords : '同じ番号のレコードが前にもあります。あとのものを使います。'
      notices.say({ line: null, column: place, value: record.id, reason, severity: 'repaired' })
    }
    record.id = id
    gone.delete(record.id)
    records.set(record.id, record)
  }
  if (read === 0)
    notices.say({
      line: null,
      column: null,
      value: null,
      reason: '書誌のレコードが1つもありません。',
      severity: 'refused',
    })
  return {
    records: [...records.values()],
    notices: notices.list(),
    gone: [...gone],
    read,
    refused: notices.counts.refused,
    places: { branches: new Map(), shelves: new Map() },
  }
}
