import type { HubClient } from '../hub/hub-client.ts'
import type { KnownLoans } from './decide-loans.ts'

type Told = { loans: KnownLoans | null; mark: string | undefined }

/** More titles than any library has. */
const mostParts = 200

/**
 * All that is out, part by part. @returns null: nothing new, or it changed while it was told: then the next look asks again
 * @param had the mark of what is known
 */
export async function askLoans(
  api: Pick<HubClient['api'], 'libraryLoans'>,
  had: string | undefined,
): Promise<Told | null> {
  const first = await api.libraryLoans({ part: 0, ...(had === undefined ? {} : { mark: had }) })
  if (first.unchanged) return null
  const { asOfMs, mark } = first
  if (asOfMs === null) return { loans: null, mark: undefined }
  const out = [...first.out]
  let { next } = first
  for (let parts = 1; next !== undefined; parts += 1) {
    const more = await api.libraryLoans({ part: next })
    if (more.mark !== mark || parts === mostParts) return null
    for (const id of more.out) out.push(id)
    next = more.next
  }
  return { loans: { asOfMs, out }, mark }
}
