import type { QueryTerms, Term } from './query-terms.ts'
import { type Field, fieldMarks } from './title-fields.ts'

/**
 * How well a title answers, best first; 0: not at all.
 * 1 exact title, exact reading or exact ISBN; 2 title or reading from the start; 3 an author from the start; 4 inside anything.
 * A guessed reading is worth a class less than one that the library gives: exact 2, from the start 3.
 */
export type MatchClass = 0 | 1 | 2 | 3 | 4

/**
 * The rule of the search. Every word must be found somewhere in the title's texts; the class is that of its best word, though not
 * better than 2, for several words together are no exact title — unless all of them written as one are found in one text: then the
 * class of that, if it is better. The index answers the same without looking at every title.
 */
export function classOf(fields: readonly Field[], { words, joined }: QueryTerms): MatchClass {
  if (words.length === 0) return 4
  const single = words.map((word) => classOfTerm(fields, word))
  const whole = joined === null ? 0 : classOfTerm(fields, joined)
  return better(combined(single), whole)
}

/** Of the classes of all words the class of them together. */
export function combined(single: readonly MatchClass[]): MatchClass {
  const [first = 0] = single
  if (single.length === 1) return first
  return single.includes(0) ? 0 : toClass(Math.max(2, Math.min(...single)))
}

function classOfTerm(fields: readonly Field[], term: Term): MatchClass {
  return fields.reduce<MatchClass>(
    (best, field) => term.reduce<MatchClass>((found, form) => better(found, classOfForm(field, form)), best),
    0,
  )
}

function classOfForm({ mark, text, fromStart }: Field, form: string): MatchClass {
  const ofTitle = mark === fieldMarks.title || mark === fieldMarks.reading
  if (text === form && (ofTitle || mark === fieldMarks.isbn)) return 1
  if (text === form && mark === fieldMarks.guess) return 2
  if (text.startsWith(form)) return ofTitle ? 2 : mark === fieldMarks.author || mark === fieldMarks.guess ? 3 : 4
  return !fromStart && text.includes(form) ? 4 : 0
}

const better = (one: MatchClass, other: MatchClass): MatchClass =>
  one === 0 ? other : other === 0 ? one : toClass(Math.min(one, other))

const classes: readonly MatchClass[] = [0, 1, 2, 3, 4]
const toClass = (value: number): MatchClass => classes[value] ?? 0
