import { AuthFailure } from '../api/words.ts'

type Manner = { part: boolean; really: boolean }

/** The file as it is; the hub answers when it has all of it, and reads it afterwards. */
export async function sendCatalogue(file: File, { part, really }: Manner): Promise<void> {
  const query = new URLSearchParams({
    name: file.name,
    ...(part ? { part: '1' } : {}),
    ...(really ? { really: '1' } : {}),
  })
  const answer = await fetch(`/upload/library?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  if (answer.ok) return
  const told: unknown = await answer.json().catch(() => null)
  const message = typeof told === 'object' && told !== null && 'message' in told ? String(told.message) : ''
  throw new AuthFailure(answer.status, 'upload', message)
}
