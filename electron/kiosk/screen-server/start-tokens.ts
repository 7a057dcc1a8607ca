import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Who may open the screen: a start token, redeemed for a session cookie. With a browser of our own each token works once.
 * Without one (`reusable`: a developer's or tester's browser) the token of this run opens further windows, until the process ends.
 */
export function startTokens(options: { reusable: boolean }) {
  let token: Buffer | null = null
  const sessions = new Set<string>()

  const matches = (text: string, expected: Buffer | null) =>
    expected !== null && timingSafeEqual(digest(text), expected)

  return {
    /** A new token; the one before is void. */
    make(): string {
      const text = randomBytes(24).toString('base64url')
      token = digest(text)
      return text
    },
    /** @returns the session's secret, null when the token is not (or no longer) good */
    redeem(text: string): string | null {
      if (!matches(text, token)) return null
      if (!options.reusable) {
        token = null
        // One screen: a new one ends the one before.
        sessions.clear()
      }
      const session = randomBytes(24).toString('base64url')
      sessions.add(digest(session).toString('hex'))
      return session
    },
    holds: (session: string) => sessions.has(digest(session).toString('hex')),
    digestOf: (session: string) => digest(session).toString('hex'),
    /** Takes over a session of an earlier process, known by its digest only. */
    hold: (sessionDigest: string) => void sessions.add(sessionDigest),
  }
}
