/** Loans that are older are no help: what is in and what is out changes every day. */
export const loansUsableMs = 24 * 60 * 60_000

export type KnownLoans = { asOfMs: number; out: readonly string[] }

/** Whether 「今あるものだけ」 can be offered. A time in the future is a clock that was wrong, and says nothing. */
export function decideLoans(loans: KnownLoans | null, nowMs: number): KnownLoans | null {
  if (loans === null) return null
  const ageMs = nowMs - loans.asOfMs
  return ageMs <= loansUsableMs && ageMs >= -loansUsableMs ? loans : null
}
