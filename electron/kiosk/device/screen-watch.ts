const aliveWithinMs = 10_000

/** What the screen last said of itself, by the uptime. */
export function createScreenWatch(uptimeMs: () => number) {
  let last: { atUptimeMs: number; visiting: boolean; resting: boolean } | null = null
  const silentMs = () => (last === null ? null : Math.max(0, uptimeMs() - last.atUptimeMs))
  return {
    said(visiting: boolean, resting: boolean): void {
      last = { atUptimeMs: uptimeMs(), visiting, resting }
    },
    /** It has drawn a release: a sign of life before the regular ones begin. */
    drew(): void {
      last = { atUptimeMs: uptimeMs(), visiting: last?.visiting ?? false, resting: false }
    },
    state: () => ({ silentMs: silentMs(), visiting: last?.visiting ?? false, resting: last?.resting ?? false }),
    alive(): boolean {
      const ms = silentMs()
      return ms !== null && ms <= aliveWithinMs
    },
  }
}
