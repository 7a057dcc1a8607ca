/** What an engineer needs to know of an error that ended a thread. Its message stays here: it may quote what a visitor typed. */
export function reasonOfDeath(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  const place = /\n\s+at .*?([\w-]+\.m?[jt]s:\d+)/.exec(error.stack ?? '')?.[1]
  return place === undefined ? code : `${code} at ${place}`
}
