import type { LibraryRecord } from '../../contract/library/record.ts'
import type { Notice } from '../importers/import-report.ts'
import { finishRecord } from '../importers/library/finish-record.ts'
import { besideInWords, placeFor } from '../importers/library/keep-record.ts'
import { createNoticeList } from '../importers/library/notice-list.ts'
import { packedRecords, readRecordXml } from '../importers/library/read-record-xml.ts'
import { allOf, parseXml, textOf, type XmlElement } from '../importers/library/xml-tree.ts'
import { askPatiently } from './ask-patiently.ts'
import type { HarvestCalls } from './harvest-oai.ts'

export type SruSource = { address: string; query: string; schema: string }
export type Searched =
  | { kind: 'harvested'; records: LibraryRecord[]; notices: Notice[] }
  | { kind: 'failed'; reason: string }

const recordsAPage = 100
/** Whoever answers to everybody is not to be pressed. */
const betweenPagesMs = 1_000
type Manner = { version: '1.2' | '1.1'; packing: 'xml' | 'string' }

/**
 * SRU searchRetrieve 1.2, or 1.1 where that is refused: every record of the query, page by page. SRU tells of no deletions, so this is all
 * or nothing: a list that broke off, or is shorter than the server says, is none.
 */
export async function harvestSru(source: SruSource, calls: HarvestCalls): Promise<Searched> {
  const records = new Map<string, LibraryRecord>()
  const notices = createNoticeList()
  let manner: Manner = { version: '1.2', packing: 'xml' }
  let received = 0
  for (;;) {
    const answer = await askPatiently(addressOf(source, manner, received + 1), calls, (text) =>
      /<(?:[\w.-]+:)?searchRetrieveResponse[\s>]/.test(text) ? null : '相手の答えが SRU ではありません。',
    )
    if (answer.kind === 'failed') return answer
    const { refusal, total, parts } = readPage(answer.text)
    if (refusal !== null) {
      const other = received === 0 ? decideManner(manner, refusal.code) : null
      if (other === null) return { kind: 'failed', reason: refusalInWords(refusal) }
      manner = other
      continue
    }
    if (total === null) return { kind: 'failed', reason: '相手の答えに件数（numberOfRecords）がありません。' }
    for (const [at, part] of parts.entries()) takeRecord(part, received + at + 1, records, notices)
    received += parts.length
    calls.progress(records.size)
    if (received >= total) return { kind: 'harvested', records: [...records.values()], notices: notices.list() }
    if (parts.length === 0)
      return { kind: 'failed', reason: `相手は ${total} 件あると言いますが、${received} 件しか渡しません。` }
    await calls.wait(betweenPagesMs)
  }
}

function addressOf({ address, query, schema }: SruSource, { version, packing }: Manner, startRecord: number): URL {
  const url = new URL(address)
  const wanted = { operation: 'searchRetrieve', version, query, recordSchema: schema, recordPacking: packing }
  for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
  url.searchParams.set('startRecord', String(startRecord))
  url.searchParams.set('maximumRecords', String(recordsAPage))
  return url
}

type Refusal = { code: string; message: string }
type RecordPart = { xml: string; identifier: string; refusal: Refusal | null }

function readPage(text: string): { refusal: Refusal | null; total: number | null; parts: RecordPart[] } {
  const start = /<(?:[\w.-]+:)?records[\s>]/.exec(text)?.index ?? text.length
  const end = /<\/(?:[\w.-]+:)?records\s*>/.exec(text)?.index ?? start
  // What is said of the answer itself stands outside its records.
  const about = parseXml(text.slice(0, start) + text.slice(end))
  const number = textOf(allOf(about, 'numberOfRecords')[0])
  const around = text.slice(start, end).split(/<(?:[\w.-]+:)?recordData(?:\s[^>]*)?>/)
  const parts = packedRecords(text.slice(start, end)).map((xml, at): RecordPart => {
    const beside = parseXml((around[at + 1] ?? '').split(/<\/(?:[\w.-]+:)?recordData\s*>/)[1] ?? '')
    const refusal = /<(?:[\w.-]+:)?diagnostic[\s>]/.test(xml.slice(0, 500)) ? refusalOf(parseXml(xml)) : null
    return { xml, identifier: textOf(allOf(beside, 'recordIdentifier')[0]), refusal }
  })
  return { refusal: refusalOf(about), total: /^\d{1,9}$/.test(number) ? Number(number) : null, parts }
}

/** `info:srw/diagnostic/1/66`, or 1.1's bare number. */
function refusalOf(element: XmlElement): Refusal | null {
  const [one] = allOf(element, 'diagnostic')
  if (one === undefined) return null
  const code = /(\d+)\s*$/.exec(textOf(allOf(one, 'uri')[0]))?.[1] ?? ''
  const message = [...allOf(one, 'message'), ...allOf(one, 'details')].map(textOf).filter((part) => part !== '')
  return { code, message: message.join(' ').slice(0, 200) }
}

/** 5: that version is not spoken; 71: nor that packing. Each is tried once. */
export function decideManner(manner: Manner, code: string): Manner | null {
  if (code === '5' && manner.version === '1.2') return { ...manner, version: '1.1' }
  if (code === '71' && manner.packing === 'xml') return { ...manner, packing: 'string' }
  return null
}

const meanings: Record<string, string> = {
  1: '相手のシステムの中で失敗しました',
  2: '相手のシステムが休んでいます',
  3: '相手のシステムが認めません',
  10: '検索式（--query）の書き方がちがいます',
  16: '検索式の項目の名前が、相手のシステムにありません',
  60: '件数が多すぎます。検索式でしぼってください',
  61: '相手のシステムが渡せる件数をこえました。検索式でしぼってください',
  66: '相手のシステムにない形式（--schema）です',
}
const refusalInWords = ({ code, message }: Refusal) =>
  `${meanings[code] ?? '相手のシステムが断りました'}（${[code, message].filter((part) => part !== '').join(' ')}）。`

function takeRecord(
  { xml, identifier, refusal }: RecordPart,
  place: number,
  records: Map<string, LibraryRecord>,
  notices: ReturnType<typeof createNoticeList>,
): void {
  const say = (severity: Notice['severity'], part: string, value: string | null, reason: string) =>
    notices.say({ line: null, column: `${place}件目 ${part}`.trim(), value, reason, severity })
  const read = refusal === null ? readRecordXml(xml) : null
  if (read === null) say('refused', '', refusal?.message ?? null, '相手のシステムが、この1件を渡しません。')
  else if (read.kind === 'refused') say('refused', '', null, read.reason)
  else if (!read.deleted) {
    const record = finishRecord({ ...read.raw, id: read.raw.id || identifier }, say)
    if (record === null) return
    const { id, kind } = placeFor(records, record)
    if (kind === 'same') say('note', '書誌番号', record.id, '同じ番号のレコードが前にもあります。')
    else records.set(id, { ...record, id })
    if (kind === 'beside') say('repaired', '書誌番号', record.id, besideInWords)
  }
}
