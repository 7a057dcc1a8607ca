import type { LibraryRecord } from '../../contract/library/record.ts'
import type { Notice } from '../importers/import-report.ts'
import { finishRecord } from '../importers/library/finish-record.ts'
import { createNoticeList } from '../importers/library/notice-list.ts'
import { readRecordXml } from '../importers/library/read-record-xml.ts'
import { askPatiently } from './ask-patiently.ts'
import type { Outside } from './ask-safely.ts'

export type Harvest =
  | { kind: 'harvested'; records: LibraryRecord[]; gone: string[]; notices: Notice[]; next: string }
  | { kind: 'failed'; reason: string }
export type HarvestCalls = Outside & { progress(records: number, of?: number): void }

const name = (tag: string) => `(?:[\\w.-]+:)?${tag}`
const oaiRecord = new RegExp(
  `<${name('record')}>\\s*<${name('header')}([^>]*)>([\\s\\S]*?)</${name('header')}>([\\s\\S]*?)(?=<${name('record')}>\\s*<${name('header')}|$)`,
  'g',
)
const element = (tag: string, text: string) => new RegExp(`<${name(tag)}(?:\\s[^>]*)?>([^<]*)<`).exec(text)?.[1]?.trim()

/**
 * OAI-PMH 2.0 ListRecords to its end, its records in any format that `readRecordXml` knows. `from`: day of the last harvest (3.6: every
 * repository takes days), null: everything. Nothing is handed over of a harvest that broke off, so that the next one begins at the same
 * place.
 */
export async function harvestOai(
  source: { address: string; prefix: string; set?: string | undefined; from: string | null },
  calls: HarvestCalls,
): Promise<Harvest> {
  let reason = ''
  // 3.5: a token may expire; then the list is asked for again from its start.
  for (let start = 0; start < 3; start += 1) {
    const done = await oneList(source, calls)
    if (done !== 'token-expired') return done
    reason = '続きを受け取る途中で、相手のシステムが続きの印を忘れました。'
  }
  return { kind: 'failed', reason }
}

async function oneList(
  source: Parameters<typeof harvestOai>[0],
  calls: HarvestCalls,
): Promise<Harvest | 'token-expired'> {
  const records = new Map<string, LibraryRecord>()
  const gone = new Set<string>()
  const notices = createNoticeList()
  const tokens = new Set<string>()
  let next: string | null = null
  for (let token: string | null = null; ; ) {
    const answer = await askPatiently(addressOf(source, token), calls, (text) =>
      text.includes('OAI-PMH') ? null : '相手の答えが OAI-PMH ではありません。',
    )
    if (answer.kind === 'failed') return answer
    const page = answer.text
    const error = new RegExp(`<${name('error')}\\s[^>]*code\\s*=\\s*["'](\\w+)["']`).exec(page)?.[1]
    if (error === 'badResumptionToken' && token !== null) return 'token-expired'
    if (error !== undefined && error !== 'noRecordsMatch')
      return { kind: 'failed', reason: `相手のシステムが断りました（${error}）。` }
    // The day on which the list began: what changes while it is read comes with the next one.
    next ??= /^\d{4}-\d{2}-\d{2}/.exec(element('responseDate', page) ?? '')?.[0] ?? null
    if (next === null)
      return { kind: 'failed', reason: '相手の答えに日付（responseDate）がありません。OAI-PMH ではないようです。' }
    takePage(page, records, gone, notices)
    calls.progress(records.size)
    token = element('resumptionToken', page) ?? ''
    if (token === '')
      return { kind: 'harvested', records: [...records.values()], gone: [...gone], notices: notices.list(), next }
    if (tokens.has(token)) return { kind: 'failed', reason: '相手のシステムが同じところを繰り返しています。' }
    tokens.add(token)
  }
}

function addressOf(source: Parameters<typeof harvestOai>[0], token: string | null): URL {
  const url = new URL(source.address)
  url.searchParams.set('verb', 'ListRecords')
  if (token !== null) url.searchParams.set('resumptionToken', token)
  else {
    url.searchParams.set('metadataPrefix', source.prefix)
    if (source.set) url.searchParams.set('set', source.set)
    if (source.from !== null) url.searchParams.set('from', source.from)
  }
  return url
}

function takePage(
  page: string,
  records: Map<string, LibraryRecord>,
  gone: Set<string>,
  notices: ReturnType<typeof createNoticeList>,
): void {
  for (const [, attributes = '', header = '', metadata = ''] of page.matchAll(oaiRecord)) {
    const id = element('identifier', header) ?? ''
    if (/status\s*=\s*["']deleted["']/.test(attributes)) {
      if (id !== '') gone.add(id)
      records.delete(id)
      continue
    }
    const say = (severity: Notice['severity'], part: string, value: string | null, reason: string) =>
      notices.say({ line: null, column: `${id} ${part}`.trim(), value, reason, severity })
    const read = readRecordXml(metadata)
    if (read.kind === 'refused') {
      say('refused', '', null, read.reason)
      continue
    }
    if (read.deleted) {
      if (id !== '') gone.add(id)
      records.delete(id)
      continue
    }
    // Deletions name the identifier of the header and nothing else: so that is the title's.
    const record = finishRecord({ ...read.raw, id }, say)
    if (record === null) continue
    gone.delete(id)
    records.set(id, record)
  }
}
