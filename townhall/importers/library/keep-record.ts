import type { LibraryRecord } from '../../../contract/library/record.ts'

/**
 * The identifier under which a record is kept beside those of before: its own, or, where another title has that already, one beside it.
 * Which of the two has the wrong number nobody can tell, so neither may push the other out.
 * @returns `same`: the title itself is there already
 */
export function placeFor(
  records: ReadonlyMap<string, LibraryRecord>,
  { id, title }: Pick<LibraryRecord, 'id' | 'title'>,
): { id: string; kind: 'new' | 'same' | 'beside' } {
  const first = records.get(id)
  if (first === undefined) return { id, kind: 'new' }
  if (alike(first.title, title)) return { id, kind: 'same' }
  for (let copy = 2; ; copy += 1) {
    const beside = `${id.slice(0, 90)}~${copy}`
    const there = records.get(beside)
    if (there === undefined) return { id: beside, kind: 'beside' }
    if (alike(there.title, title)) return { id: beside, kind: 'same' }
  }
}

const alike = (one: string, other: string) => plain(one) === plain(other)
/** Systems write the same title now with, now without spaces, now wide, now narrow. */
const plain = (title: string) => title.normalize('NFKC').toLowerCase().replace(/\p{Z}/gu, '')

export const besideInWords = '同じ番号で題のちがうレコードが前にもあります。番号を分けて、どちらも受け取りました。'
