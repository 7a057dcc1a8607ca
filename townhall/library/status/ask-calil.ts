import { z } from 'zod'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import type { TitleStatus } from '../../../contract/menus/library.ts'
import { parseIsbn } from '../../importers/library/parse-isbn.ts'
import { askSafely, type Outside } from '../ask-safely.ts'
import { unknownStatus } from '../decide-status.ts'
import type { StatusSource } from './status-source.ts'

export const calilAddress = 'https://api.calil.jp/check'
const limits = { withinMs: 15_000, mostBytes: 2_097_152 }
/** Its terms: never sooner than this. */
const betweenPollsMs = 2_000
const mostPolls = 15
/** Its terms: 1,000 titles in an hour for a key. A few are left for whoever else uses it. */
const mostTitlesAnHour = 900
const hourMs = 3_600_000

const answerSchema = z.object({
  session: z.string().min(1).max(200).optional(),
  continue: z.union([z.literal(0), z.literal(1)]),
  books: z.record(z.string(), z.unknown()),
})
const bookSchema = z.object({ status: z.string(), libkey: z.record(z.string(), z.string()).catch({}) })
type Answer = { session: string | undefined; goesOn: boolean; books: Map<string, { done: boolean; words: string[] }> }

/** カーリル図書館API, `check`: by ISBN, for one library system; asked again with the session while it says `continue`. */
export function calilSource(
  { systemId, address, key }: { systemId: string; address: string; key: () => string | null },
  outside: Outside,
  nowMs: () => number,
): StatusSource {
  let hour = { startMs: 0, titles: 0 }

  async function ask(query: Record<string, string>) {
    const appkey = key()
    if (appkey === null) return { reason: 'カーリルのアプリケーションキーがありません。', waitMs: null }
    const url = new URL(address)
    url.search = new URLSearchParams({ appkey, ...query, format: 'json', callback: 'no' }).toString()
    const told = await askSafely(url, outside, limits)
    if (told.kind === 'failed') return told
    return readCalil(told.text, systemId) ?? { reason: '相手の答えがカーリルのものではありません。', waitMs: null }
  }

  return {
    freshMs: 10 * 60_000,
    usefulMs: 30 * 60_000,
    most: 60,
    async ask(records, tell) {
      const byIsbn = new Map<string, string[]>()
      for (const { id, isbn } of records) if (isbn !== undefined) byIsbn.set(isbn, [...(byIsbn.get(isbn) ?? []), id])
      tell(records.flatMap((record) => (record.isbn === undefined ? [withoutIsbn(record)] : [])))
      if (byIsbn.size === 0) return null
      const now = nowMs()
      if (now - hour.startMs >= hourMs || now < hour.startMs) hour = { startMs: now, titles: 0 }
      if (hour.titles + byIsbn.size > mostTitlesAnHour)
        return { reason: 'カーリルに1時間に聞ける数をこえました。', waitMs: hour.startMs + hourMs - now }
      hour.titles += byIsbn.size
      let answer = await ask({ isbn: [...byIsbn.keys()].join(','), systemid: systemId })
      for (let polls = 0; ; polls += 1) {
        if ('reason' in answer) return answer
        for (const [isbn, { done, words }] of answer.books)
          if (done) tell((byIsbn.get(isbn) ?? []).map((id) => ({ ...unknownStatus(id), state: decideCalil(words) })))
        if (!answer.goesOn) return null
        if (answer.session === undefined || polls === mostPolls)
          return { reason: 'カーリルの答えが終わりません。', waitMs: null }
        await outside.wait(betweenPollsMs)
        answer = await ask({ session: answer.session })
      }
    },
  }
}

const withoutIsbn = ({ id }: LibraryRecord) => unknownStatus(id)

/** Words of the library's branches. 蔵書あり says that it is theirs, not that it is in; a branch that is closed today says nothing. */
export function decideCalil(words: readonly string[]): TitleStatus['state'] {
  if (words.includes('貸出可')) return 'in'
  const held = words.filter((word) => word !== '蔵書なし')
  const known = ['貸出中', '予約中', '準備中', '館内のみ']
  if (held.length === 0 || held.some((word) => !known.includes(word))) return 'unknown'
  return held.every((word) => word === '館内のみ') ? 'reading-room' : 'out'
}

/** @returns null: no answer of this API. What is told of another system or is no book is left out */
export function readCalil(text: string, systemId: string): Answer | null {
  const parsed = answerSchema.safeParse(jsonOf(text))
  if (!parsed.success) return null
  const books: Answer['books'] = new Map()
  for (const [told, systems] of Object.entries(parsed.data.books)) {
    const isbn = parseIsbn(told)
    const book = z.record(z.string(), z.unknown()).safeParse(systems)
    const ours = book.success ? bookSchema.safeParse(book.data[systemId]) : null
    if (isbn === null || ours === null || !ours.success) continue
    const { status, libkey } = ours.data
    if (status === 'OK' || status === 'Cache') books.set(isbn, { done: true, words: Object.values(libkey) })
    else books.set(isbn, { done: false, words: [] })
  }
  return { session: parsed.data.session, goesOn: parsed.data.continue === 1, books }
}

/** JSON, also where a relay wraps it as JSONP all the same. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(/^\s*\w*\(([\s\S]*)\);?\s*$/.exec(text)?.[1] ?? text)
  } catch {
    return null
  }
}
