export type LibraryTitleTable = {
  id: string
  /** From which of the library's sources it came. */
  source: string
  /** A LibraryRecord as JSON. */
  record: string
  /** Number of the import that changed it last; of PostgreSQL a string. */
  revision: number | string
  deleted: number
}
