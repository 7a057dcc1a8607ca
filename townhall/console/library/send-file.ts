import { AuthFailure } from '../api/words.ts'

type Manner = { part: boolean; really: boolean }

/** The file as it is; the hub answers when it has all of it, and reads it afterwards. */
export async function sendCatalogue(file: File, { part, really }: Manner, signal: AbortSignal): Promise<void> {
  const query = new URLSearchParams({
    name: file.name,
    ...(part ? { part: '1' } : {}),
    ...(really ? { really: '1' } : {}),
  })
  const answer = await fetch(`/upload/library?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
    signal,
  }).catch(async (failure: unknown) => {
    // The browser says the same when the line is cut and when a file was saved again since it was chosen.
    if (signal.aborted || (await isReadable(file))) throw failure
    throw new AuthFailure(
      400,
      'upload',
      'このファイルは、選んだあとに書きかえられたか、なくなりました。もう一度選んでください。',
    )
  })
  if (answer.ok) return
  const told: unknown = await answer.json().catch(() => null)
  const message = typeof told === 'object' && told !== null && 'message' in told ? String(told.message) : ''
  throw new AuthFailure(answer.status, 'upload', message)
}

const isReadable = (file: File) =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
