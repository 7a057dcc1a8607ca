import type {
  LibraryAnswer,
  LibraryCounts,
  LibraryQuery,
  LibraryStatus,
  TitlePage,
} from '../../../contract/menus/library.ts'

/** What the menu asks of the kiosk. Every call may fail while the kiosk process is being started again. */
export type LibraryCalls = {
  search(query: LibraryQuery, from: number, most: number): Promise<LibraryAnswer>
  counts(query: LibraryQuery): Promise<LibraryCounts>
  suggest(text: string): Promise<string[]>
  title(id: string): Promise<TitlePage>
  status(ids: readonly string[]): Promise<LibraryStatus>
}
