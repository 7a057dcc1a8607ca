import type { LibraryFilter, LibraryQuery } from '../../../contract/menus/library.ts'

export type ResultsPage = { kind: 'results'; query: LibraryQuery; page: number }
export type NarrowBy = 'kind' | 'shelf' | 'year'

/** Where in 図書検索 a visitor is. */
export type LibraryPage =
  | { kind: 'entry'; text?: string; keyboard?: boolean; page?: number }
  | { kind: 'genres'; first: string | null }
  | { kind: 'ages' }
  | ResultsPage
  | { kind: 'narrow'; by: NarrowBy; results: ResultsPage; page: number }
  | { kind: 'title'; id: string }
  | { kind: 'place'; id: string; shelf: string }
  | { kind: 'slip'; id: string }
  | { kind: 'reserve'; id: string }

export const noFilter: LibraryFilter = { kinds: [], shelves: [], aboutTown: false, onlyIn: false }

export const resultsOf = (
  filter: Partial<LibraryFilter>,
  order: LibraryQuery['order'] = 'popular',
  text = '',
): ResultsPage => ({ kind: 'results', query: { text, filter: { ...noFilter, ...filter }, order }, page: 0 })
