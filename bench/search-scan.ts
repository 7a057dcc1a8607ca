// What looking at every text finds: one long text of all fields, gone through from beginning to end for each form. No index, nothing shared with one.
import { readQuery, type Term } from '../contract/library/query-terms.ts'
import type { LibraryRecord } from '../contract/library/record.ts'
import { fieldMarks, ownFields, sharedFields, sharedTexts } from '../contract/library/title-fields.ts'

const end = '\u0000'
/** Before the mark of a field that is found from its start only. */
const fromStartSign = '\u0006'

export type Scan = { titles: number; search: (text: string) => { total: number; first: string[] } }

/** @param records in any order */
export function openScan(records: Iterable<LibraryRecord>, most: number): Scan {
  const all = [...records].map(({ id, loans, ...record }) => ({ id, loans, text: textOf({ id, loans, ...record }) }))
  all.sort((one, other) => other.loans - one.loans || (one.id < other.id ? -1 : 1))
  const starts = new Uint32Array(all.length + 1)
  for (const [at, { text }] of all.entries()) starts[at + 1] = (starts[at] ?? 0) + text.length
  // Flat in memory: a text put together by + is gone through more slowly.
  const text = Buffer.from(all.map((one) => one.text).join(''), 'utf16le').toString('utf16le')
  const ids = all.map(({ id }) => id)

  function classesOf(term: Term): Uint8Array {
    const classes = new Uint8Array(ids.length)
    for (const form of term) {
      let title = 0
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        while ((starts[title + 1] ?? 0) <= at) title += 1
        const found = classAt(at, form)
        const held = classes[title] ?? 0
        if (found !== 0 && (held === 0 || found < held)) classes[title] = found
      }
    }
    return classes
  }

  function classAt(at: number, form: string): number {
    const mark = text.charAt(at - 1)
    const begins = mark < ' '
    const exact = begins && text.charAt(at + form.length) === end
    if (begins && (mark === fieldMarks.title || mark === fieldMarks.reading)) return exact ? 1 : 2
    if (begins && mark === fieldMarks.isbn && exact) return 1
    if (begins && exact && mark === fieldMarks.guess) return 2
    if (begins && (mark === fieldMarks.author || mark === fieldMarks.guess)) return 3
    if (begins) return 4
    let before = at - 1
    while (text.charCodeAt(before) >= 0x20) before -= 1
    return text.charAt(before - 1) === fromStartSign ? 0 : 4
  }

  return {
    titles: ids.length,
    search(typed) {
      const { words, joined } = readQuery(typed)
      const single = words.map(classesOf)
      const whole = joined === null ? null : classesOf(joined)
      const byClass: number[][] = [[], [], [], [], []]
      for (let title = 0; title < ids.length; title += 1) {
        const found = single.map((classes) => classes[title] ?? 0)
        const both = found.includes(0) ? 0 : found.length === 1 ? (found[0] ?? 0) : Math.max(2, Math.min(...found))
        const best = Math.min(both || 9, whole?.[title] || 9)
        if (best !== 9) byClass[best]?.push(title)
      }
      const ranked = byClass.flat()
      return { total: ranked.length, first: ranked.slice(0, most).map((title) => ids[title] ?? '') }
    },
  }
}

function textOf(record: LibraryRecord): string {
  return [...ownFields(record), ...sharedTexts(record).flatMap(sharedFields)]
    .map(({ mark, text, fromStart }) => (fromStart ? fromStartSign : '') + mark + text + end)
    .join('')
}
