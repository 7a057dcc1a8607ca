import { isbn10Of } from './isbn.ts'
import { hasLengthener, normaliseText, withoutLengtheners } from './normalise.ts'
import type { LibraryRecord } from './record.ts'

/** What a field is, as the character that stands before it in the index; no normalised text has one of these. */
export const fieldMarks = {
  title: '\u0001',
  reading: '\u0002',
  author: '\u0003',
  isbn: '\u0004',
  other: '\u0005',
  /** A guessed reading. */
  guess: '\u0006',
} as const
export type FieldMark = (typeof fieldMarks)[keyof typeof fieldMarks]

/** `fromStart`: found from its first character on only, as a number is; the others anywhere inside. */
export type Field = { mark: FieldMark; text: string; fromStart: boolean }

/** The texts that belong to one title alone. */
export function ownFields(record: LibraryRecord): Field[] {
  const title = [record.title]
  const whole = [record.title, record.subtitle, record.volume].filter((part) => part !== undefined)
  const fields = written(fieldMarks.title, whole, false)
  // A title typed without its subtitle is the exact title.
  if (whole.length > 1) fields.push(...written(fieldMarks.title, title, true))
  if (record.titleReading !== undefined) fields.push(...written(fieldMarks.reading, [record.titleReading], false))
  // What the library says is never beside a guess.
  else if (record.titleGuess !== undefined) fields.push(...written(fieldMarks.guess, [record.titleGuess], false))
  if (record.isbn !== undefined) {
    for (const text of [record.isbn, isbn10Of(record.isbn)])
      if (text !== null) fields.push({ mark: fieldMarks.isbn, text, fromStart: true })
  }
  if (record.ndc !== undefined)
    fields.push({ mark: fieldMarks.other, text: record.ndc.replace('.', ''), fromStart: true })
  return fields
}

/** A text that many titles share, kept once: an author, a series, a publisher, a subject. `key` is the same for the same. */
export type Shared = { key: string; mark: FieldMark; texts: readonly string[] }

export function sharedTexts(record: LibraryRecord): Shared[] {
  const named = (mark: FieldMark, kind: string, name: string, reading?: string): Shared => ({
    key: `${kind}${name}\u0000${reading ?? ''}`,
    mark,
    texts: reading === undefined ? [name] : [name, reading],
  })
  return [
    ...record.authors.map(({ name, reading }) => named(fieldMarks.author, 'a', name, reading)),
    ...record.series.map(({ name, reading }) => named(fieldMarks.other, 's', name, reading)),
    ...(record.publisher === undefined ? [] : [named(fieldMarks.other, 'p', record.publisher)]),
    ...record.subjects.map((subject) => named(fieldMarks.other, 't', subject)),
  ]
}

export function sharedFields({ mark, texts }: Shared): Field[] {
  return texts.flatMap((text) => written(mark, [text], false))
}

/** The parts one after the other, and once more without their ー if they have any. */
function written(mark: FieldMark, parts: readonly string[], fromStart: boolean): Field[] {
  const fields = [{ mark, text: parts.map(normaliseText).join(''), fromStart }]
  if (parts.some(hasLengthener)) fields.push({ mark, text: parts.map(withoutLengtheners).join(''), fromStart })
  return fields
}
