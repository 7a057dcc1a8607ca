/** A title as one import left it. Of the rows of a title the newest that is not above the catalogue's number counts; what is above is being written. */
export type LibraryTitleTable = {
  id: string
  /** Number of the import that wrote the row; of PostgreSQL a string. */
  revision: number | string
  /** From which of the library's sources it came. */
  source: string
  /** A LibraryRecord as JSON; empty in a row of a deletion. */
  record: string
  deleted: number
}
