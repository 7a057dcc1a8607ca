import { randomUUID } from 'node:crypto'
import { createRouterClient } from '@orpc/server'
import type { FacilityConfig } from '../../../contract/facility-config.ts'
import type { MenuId } from '../../../contract/menu-ids.ts'
import type { Clock } from '../clock.ts'
import { createKiosk, type KioskLogEntry, type KioskOptions } from '../kiosk.ts'

/** A clock that moves when told. */
export function playedClock(start: { wallMs: number; uptimeMs?: number; bootId?: string }) {
  let wallMs = start.wallMs
  let uptimeMs = start.uptimeMs ?? 5_000
  let timerMs = 0
  let stopped: 'uptime' | 'wall' | null = null
  type Played = {
    pass(ms: number): void
    jump(ms: number): void
    reboot(bootId: string): void
    /** It does not move any more while time passes; null: both move. */
    stop(which: 'uptime' | 'wall' | null): void
  }
  const clock: Clock & Played = {
    bootId: start.bootId ?? 'boot-1',
    wallMs: () => wallMs,
    uptimeMs: () => uptimeMs,
    timerMs: () => timerMs,
    pass(ms) {
      timerMs += ms
      if (stopped !== 'wall') wallMs += ms
      if (stopped !== 'uptime') uptimeMs += ms
    },
    stop(which) {
      stopped = which
    },
    jump(ms) {
      wallMs += ms
    },
    reboot(bootId) {
      clock.bootId = bootId
      uptimeMs = 5_000
    },
  }
  return clock
}

export const testConfig: FacilityConfig = {
  facility: {
    id: 'kenko-plaza',
    name: { ja: '健康プラザ' },
    spot: { ja: 'ロビー' },
    address: { ja: '芽室町' },
    point: { lat: 42.9, lon: 143 },
  },
  screen: { widthPx: 1080, heightPx: 1920, millimetresPerPixel: 0.5, viewingDistanceMm: 600 },
  menus: ['tourism', 'map', 'internet', 'library', 'council', 'facilities', 'townhall'],
  languages: ['ja'],
  idle: { warnAfterMs: 60_000, warningMs: 30_000 },
}

export const quickTiming = {
  gatherMs: 1,
  retryFirstMs: 5,
  retryMaxMs: 40,
  streamRetryMaxMs: 40,
  requestTimeoutMs: 30_000,
  heldRetryMs: 20,
  clockCheckMs: 20,
  panelLookMs: 20,
  touchDaysMs: 20,
}

export async function testKiosk(
  options: Partial<KioskOptions> & Pick<KioskOptions, 'dataDir' | 'release0Dir' | 'clock'>,
) {
  const logged: KioskLogEntry[] = []
  const kiosk = await createKiosk({
    hostKind: 'headless',
    config: testConfig,
    log: (entry) => logged.push(entry),
    timing: quickTiming,
    random: () => 0.5,
    ...options,
  })
  const screen = createRouterClient(kiosk.bridge, { context: {} })
  return {
    kiosk,
    screen,
    logged,
    codes: () => logged.map((entry) => entry.code),
    /** One visitor opens one menu. */
    touch: (menu: MenuId = 'map') => screen.usage.record({ accessId: randomUUID(), visitId: randomUUID(), menu }),
  }
}
export type TestKiosk = Awaited<ReturnType<typeof testKiosk>>
