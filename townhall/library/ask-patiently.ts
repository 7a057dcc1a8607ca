import { askSafely, type Outside } from './ask-safely.ts'

const limits = { withinMs: 60_000, mostBytes: 67_108_864 }
const mostTries = 5
const mostWaitMs = 600_000

/**
 * One page of a list, asked for again when the system is busy (OAI-PMH 3.1.2.2: 503 says when to come again), away, or says something else.
 * @param judge why this text is no answer, in words; null: it is one
 */
export async function askPatiently(
  url: URL,
  outside: Outside,
  judge: (text: string) => string | null,
): Promise<{ kind: 'text'; text: string } | { kind: 'failed'; reason: string }> {
  let reason = ''
  for (let tried = 0; tried < mostTries; tried += 1) {
    const told = await askSafely(url, outside, limits)
    const refused = told.kind === 'failed' ? told.reason : judge(told.text)
    if (told.kind === 'text' && refused === null) return told
    reason = refused ?? ''
    const waitMs = told.kind === 'failed' && told.waitMs !== null ? told.waitMs : 1_000 * 2 ** tried
    if (tried < mostTries - 1) await outside.wait(Math.min(mostWaitMs, waitMs))
  }
  return { kind: 'failed', reason }
}
