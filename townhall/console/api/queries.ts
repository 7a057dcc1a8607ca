import { QueryCache, QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { Role } from '../../../contract/hub-api.ts'
import { hub } from './hub.ts'
import { isSignedOut } from './words.ts'

export type Me = { id: string; name: string; email: string; role: Role; twoFactor: boolean }

/** Who is signed in; null: nobody. */
export const meQuery = queryOptions<Me | null>({
  queryKey: ['me'],
  queryFn: async () => {
    try {
      return await hub.staff.me()
    } catch (error) {
      if (isSignedOut(error)) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export function useMe(): Me | null {
  return useQuery(meQuery).data ?? null
}

export function createQueries(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // The session ended while a page was open: back to the sign-in, with the address kept.
        if (isSignedOut(error)) client.setQueryData(meQuery.queryKey, null)
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => error instanceof TypeError && failures < 2,
        staleTime: 10_000,
        refetchOnWindowFocus: true,
      },
    },
  })
  return client
}
