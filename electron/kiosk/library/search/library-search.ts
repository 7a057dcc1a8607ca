import { readQuery, type Term, termOf } from '../../../../contract/library/query-terms.ts'
import type { LibraryRecord } from '../../../../contract/library/record.ts'
import type {
  LibraryAnswer,
  LibraryCounts,
  LibraryFilter,
  LibraryQuery,
  TitleCard,
  TitlePage,
} from '../../../../contract/menus/library.ts'
import { BitsRoom } from './bits-room.ts'
import { Catalogue } from './catalogue.ts'
import { countTitles } from './count-titles.ts'
import { type ClassCounts, countClasses, type Hits, isNone, together } from './hits.ts'
import { neighboursOf } from './neighbours.ts'
import { byArrival, rankTitles } from './rank-titles.ts'
import { Recent } from './recent.ts'
import { suggestWords } from './suggest.ts'
import { titleCard } from './title-card.ts'
import { type Passing, passingAll, passingOf } from './title-filter.ts'
import { WordSearch } from './word-search.ts'

const keptWords = 6
const keptTexts = 6
const keptFilters = 3
const keptCounts = 50

/** Titles of which nothing can be borrowed now, a part of them; null: the loans are not known. */
export type OutPart = { ids: readonly string[] | null; begins: boolean; ends: boolean }

/** The catalogue, searched. Everything answers at once; `content-refused` when a file turns out damaged. */
export type LibrarySearch = {
  titles: number
  search: (query: LibraryQuery, from: number, most: number) => LibraryAnswer
  counts: (query: LibraryQuery) => LibraryCounts
  suggest: (text: string) => string[]
  title: (id: string) => Omit<TitlePage, 'reserve'> | null
  /** Unknown ones are left out. */
  records: (ids: readonly string[]) => LibraryRecord[]
  /** A part of what is out. Every answer goes by one whole list: until the last part by the one before. */
  takeOut: (part: OutPart) => void
  close: () => void
}

/** `files`: the base first; later ones win. `covers`: ISBN → picture. */
export function openLibrarySearch({
  files,
  covers,
}: {
  files: readonly string[]
  covers: Readonly<Record<string, string>>
}): LibrarySearch {
  const catalogue = new Catalogue(files)
  const { titles, columns, living, order } = catalogue
  const room = new BitsRoom(living.length)
  const { nothing } = room
  const words = new WordSearch(catalogue, room)
  const everything: Hits = [nothing, nothing, nothing, living]
  const byWord = new Recent<Hits>(keptWords)
  const byText = new Recent<Hits>(keptTexts)
  const byFilter = new Recent<Passing>(keptFilters)
  const classCounts = new Recent<ClassCounts>(keptCounts)
  const facets = new Recent<LibraryCounts>(keptCounts)
  let arrivalOrder: Uint32Array | null = null
  const arrivals = () => {
    arrivalOrder ??= byArrival(columns.arrived, living, order)
    return arrivalOrder
  }
  const ranked = { titles: order, arrived: columns.arrived, arrivals, spare: new Uint32Array(living.length) }

  const find = (term: Term): Hits => byWord.get(term.join('\n'), () => words.find(term))
  const hitsOf = (text: string): Hits =>
    byText.get(text, () => {
      const query = readQuery(text)
      if (query.words.length === 0) return everything
      room.reclaim(new Set([...byWord.values(), ...byText.values()].flat()))
      return together(query.words.map(find), query.joined === null ? null : words.find(query.joined), room)
    })
  const passing = (filter: LibraryFilter): Passing =>
    byFilter.get(JSON.stringify(filter), () => passingOf(filter, columns, () => catalogue.isIn()))
  const countOf = ({ text, filter }: LibraryQuery): ClassCounts =>
    classCounts.get(JSON.stringify([text, filter]), () => countClasses(hitsOf(text), passingAll(passing(filter))))
  const cover = (record: LibraryRecord): string | null =>
    record.isbn !== undefined && Object.hasOwn(covers, record.isbn) ? (covers[record.isbn] ?? null) : null
  const card = (title: number): TitleCard => {
    const record = catalogue.record(title)
    return titleCard(record, cover(record))
  }
  const foundBy = (text: string): number => countClasses(hitsOf(text), null)[0]

  return {
    titles,
    search(query, from, most) {
      const counts = countOf(query)
      const page = { order: query.order, from, most }
      const found = rankTitles(hitsOf(query.text), passingAll(passing(query.filter)), counts, page, ranked)
      return { total: counts[0], titles: found.map(card) }
    },
    counts: ({ text, filter }) =>
      facets.get(JSON.stringify([text, filter]), () =>
        countTitles(hitsOf(text)[3], columns, passing(filter), catalogue.loansKnown ? catalogue.isIn() : null),
      ),
    suggest(text) {
      const typed = text.split(/\s+/u).filter((word) => word !== '')
      const [only] = typed
      if (only === undefined) return []
      // The word that finds nothing by itself; of a single word the slip may find something by chance.
      const slipped = typed.length === 1 ? 0 : typed.findIndex((word) => isNone(find(termOf(word))))
      const word = typed[slipped]
      if (word === undefined) return []
      const inPlace = (other: string) => typed.with(slipped, other).join(' ')
      return suggestWords(word, {
        stands: (form) => words.finds(form),
        weight: (form) => words.weight(form),
        titles: (other) => foundBy(inPlace(other)),
      }).map(inPlace)
    },
    title(id) {
      const title = catalogue.find(id)
      if (title === null) return null
      const record = catalogue.record(title)
      const { before, after } = neighboursOf(catalogue, title)
      return { record, cover: cover(record), before: before.map(card), after: after.map(card) }
    },
    records: (ids) =>
      ids.flatMap((id) => {
        const title = catalogue.find(id)
        return title === null ? [] : [catalogue.record(title)]
      }),
    takeOut({ ids, begins, ends }) {
      if (ids === null) catalogue.forgetOut()
      else catalogue.addOut(ids, begins)
      if (!ends) return
      if (ids !== null) catalogue.endOut()
      byFilter.forget()
      classCounts.forget()
      facets.forget()
    },
    close: () => catalogue.close(),
  }
}
