import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hub } from '../api/hub.ts'

/** Enough for the headings and some rows of any list. */
const headBytes = 200_000

/** The columns of the list that is chosen, and what is chosen for them before it is handed in. */
export function useListColumns(file: File | null) {
  const asked = useQuery({
    queryKey: ['library-columns', file?.name, file?.size, file?.lastModified],
    queryFn: () => hub.library.readColumns({ file: new File([file?.slice(0, headBytes) ?? ''], file?.name ?? '') }),
    enabled: file !== null,
    gcTime: 0,
    retry: false,
  })
  const table = (file !== null && asked.data?.table) || null
  // By the answer that it was chosen for: another file begins with our guess again.
  const [changed, setChanged] = useState<{ for: unknown; columns: ReadonlyMap<string, string | null> } | null>(null)
  const columns = changed?.for === table && changed !== null ? changed.columns : null
  const columnOf = (field: string): string | null => {
    const own = columns?.get(field)
    return own === undefined ? (table?.fields.find((one) => one.field === field)?.column ?? null) : own
  }
  return {
    table,
    reading: asked.isFetching,
    error: file === null ? null : asked.error,
    columnOf,
    choose: (field: string, column: string | null) =>
      setChanged({ for: table, columns: new Map([...(columns ?? []), [field, column]]) }),
    /** What staff chose; a list that is understood as it is needs no choice. */
    async keep(): Promise<void> {
      if (table === null || (columns === null && table.understood)) return
      await hub.library.keepColumns({
        headings: table.headings,
        columns: table.fields.flatMap(({ field }) => {
          const column = columnOf(field)
          return column === null ? [] : [{ field, column }]
        }),
      })
    },
  }
}
export type ListColumns = ReturnType<typeof useListColumns>
