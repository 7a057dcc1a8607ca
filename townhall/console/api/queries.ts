import { QueryCache, QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { Role } from '../../../contract/hub-api.ts'
import { hub } from './hub.ts'
import { isSignedOut } from './words.ts'

export type Me = { id: string; name: string; email: string; role: Role; twoFactor: boolean }

/** Who is signed in; null: nobody. Whoever was stays so when the session ends by itself: `sessionQuery` tells that. */
export const meQuery = queryOptions<Me | null>({
  queryKey: ['me'],
  queryFn: async ({ client, queryKey }) => {
    try {
      return await hub.staff.me()
    } catch (error) {
      if (!isSignedOut(error)) throw error
      client.setQueryData(sessionQuery.queryKey, 'over')
      return client.getQueryData<Me | null>(queryKey) ?? null
    }
  },
  staleTime: 60_000,
})

/** Whether the session of a page that stands open has ended: its forms stay, and are gone on with after the sign-in. */
export const sessionQuery = queryOptions<'on' | 'over'>({
  queryKey: ['session'],
  queryFn: () => 'on',
  initialData: 'on',
  staleTime: Number.POSITIVE_INFINITY,
})

/** After a sign-in. The forms of another are not theirs. */
export async function begin(client: QueryClient): Promise<void> {
  const before = client.getQueryData(meQuery.queryKey)
  client.setQueryData(sessionQuery.queryKey, 'on')
  const me = await client.fetchQuery({ ...meQuery, staleTime: 0 })
  const ofMe = (query: { queryKey: readonly unknown[] }) => ['me', 'session'].includes(String(query.queryKey[0]))
  if (me?.id !== before?.id) client.removeQueries({ predicate: (query) => !ofMe(query) })
  else await client.invalidateQueries({ predicate: (query) => !ofMe(query) })
}

export function useMe(): Me | null {
  return useQuery(meQuery).data ?? null
}

export function createQueries(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // The session ended while a page was open: the sign-in over it, with the address kept.
        if (isSignedOut(error)) client.setQueryData(sessionQuery.queryKey, 'over')
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
