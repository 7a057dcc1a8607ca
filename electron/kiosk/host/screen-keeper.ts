import { KioskError } from '../../../contract/error-codes.ts'
import type { HealthCode, HealthEntry } from '../../../contract/health.ts'
import { decideRecovery, type ScreenRemedy, type ScreenTrouble } from './decide-recovery.ts'
import type { Recoveries } from './recoveries.ts'
import { createScreenCare, type ScreenOrgans } from './screen-care.ts'
import { createScreenWatchdog } from './screen-watchdog.ts'

type Options = {
  uptimeMs: () => number
  report: (code: HealthCode, level: HealthEntry['level'], detail: Record<string, string | number>) => void
  recoveries: Recoveries
  /** The screen's own processes as they are now; null: there is none. */
  organs: () => ScreenOrgans | null
  remedies: Record<ScreenRemedy, (trouble: ScreenTrouble, reason: string) => void>
  lookEveryMs?: number
}

const words: Record<ScreenTrouble, string> = {
  crashed: 'its page crashed',
  hangs: 'its page does not answer',
  silent: 'the screen says nothing any more',
  frozen: 'its pixels stand still',
  undrawn: 'nothing is drawn any more',
  zoomed: 'it is shown larger or smaller than it is',
}
const remembered = 12
/** It should say every 2 s that it paints: time to see for ourselves. */
const suspiciousMs = 5_000
/** So long the page may take to paint again when only what draws was begun again. */
const gpuPatienceMs = 8_000
/** A panel takes its time to wake. */
const lightPatienceMs = 15_000

/** Watches the screen in every way there is, and has the smallest remedy applied that may help. */
export function createScreenKeeper({ uptimeMs, report, recoveries, organs, remedies, lookEveryMs = 10_000 }: Options) {
  const up = Promise.withResolvers<void>()
  // Nobody may be waiting for it yet.
  up.promise.catch(() => undefined)
  let isUp = false
  let told = false
  let dark = false
  /** Pixels that stood still are believed again only when they were seen to move. */
  let doubtful = false
  let applied: { remedy: ScreenRemedy; atMs: number }[] = []

  const watchdog = createScreenWatchdog({ uptimeMs, onUp: came, onLost: () => trouble('silent') })
  const care = createScreenCare({
    uptimeMs,
    lookEveryMs,
    onHang: () => trouble('hangs'),
    onZoomed: () => trouble('zoomed'),
    onDrawn: drawn,
    onFrozen: (seen) => trouble(seen === 'nothing' ? 'undrawn' : 'frozen'),
  })

  function came(): void {
    isUp = true
    told = false
    up.resolve()
    recoveries.back('kiosk-process')
    if (!doubtful) recoveries.back('screen')
    const alive = organs()
    if (alive !== null) care.begin(alive, doubtful)
  }

  function drawn(): void {
    doubtful = false
    recoveries.back('screen')
    recoveries.back('gpu')
  }

  function closed(): void {
    watchdog.closed()
    care.end()
  }

  /** Somebody begins it again already. Told once until it is back. */
  function lost(reason: string, detail: Record<string, number> = {}): void {
    closed()
    recoveries.lost('screen', reason)
    if (!told) report('screen-lost', 'error', { reason, ...detail })
    told = true
  }

  function trouble(kind: ScreenTrouble): void {
    const reason = words[kind]
    if (!isUp) {
      const why = 'The screen did not come up: the browser runs, the page says nothing.'
      up.reject(new KioskError('internal', why))
    }
    lost(reason)
    const now = uptimeMs()
    const remedy = decideRecovery(
      kind,
      applied.map(({ remedy: done, atMs }) => ({ remedy: done, agoMs: now - atMs })),
    )
    applied = [...applied, { remedy, atMs: now }].slice(-remembered)
    doubtful ||= kind !== 'crashed' && kind !== 'hangs'
    if (remedy === 'gpu') watchdog.opened(gpuPatienceMs)
    remedies[remedy](kind, reason)
  }

  return {
    /** Resolves when a visitor can use the screen for the first time. */
    up: up.promise,
    giveUp: (error: Error) => up.reject(error),
    opened: watchdog.opened,
    lostForMs: (): number => (dark ? 0 : watchdog.lostForMs()),
    heard(silentMs: number | null): void {
      if (dark) return
      if (silentMs !== null && silentMs > suspiciousMs) care.lookNow()
      watchdog.heard(silentMs)
    },
    /** Without light nothing need be drawn, and nothing that is not drawn is a fault. */
    setLight(on: boolean): void {
      dark = !on
      if (on) watchdog.opened(lightPatienceMs)
      else closed()
    },
    /** Somebody is at it already; nothing is judged until it is opened again. */
    closed,
    lost,
    trouble,
  }
}
