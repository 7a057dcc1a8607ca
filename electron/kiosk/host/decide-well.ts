/** The host itself brings a screen back within seconds, a browser that will not start within two minutes; after that the compositor under it is in doubt. */
const lostLimitMs = 180_000

/** Whether the host can go on by itself. If not, whoever started it should start everything again. */
export function decideWell(screenLostForMs: number): boolean {
  return screenLostForMs < lostLimitMs
}

/** Three signs within the time after which the service manager gives up: one may come late. null: it waits for none. */
export function decideSignMs(watchdogUsec: string | undefined): number | null {
  const limitUsec = Number(watchdogUsec)
  return Number.isFinite(limitUsec) && limitUsec > 0 ? limitUsec / 3_000 : null
}
