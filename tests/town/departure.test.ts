import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { createChromiumHost } from '../../electron/chromium/chromium-host.ts'
import { installedBrowser } from '../../electron/chromium/installed-browser.ts'
import { setPin } from '../../electron/kiosk/maintenance/pin-store.ts'
import { awaited } from '../awaited.ts'
import { hostArguments, hostEnvironment } from './hosts/host-under-test.ts'

const pin = '582914'
const soon = { interval: 200 }
const placeSchema = z.object({ result: z.object({ value: z.object({ x: z.number(), y: z.number() }).nullish() }) })

describe.skipIf(installedBrowser(process.env) === null)('staff at a kiosk under Chromium', () => {
  let folder: string
  let host: ReturnType<typeof createChromiumHost>
  const told: string[] = []
  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    folder = mkdtempSync(join(tmpdir(), 'departure-'))
    const kiosk = hostArguments(folder)
    await setPin(kiosk.data, pin)
    const environment = hostEnvironment(folder)
    host = createChromiumHost({
      kiosk,
      headless: true,
      environment,
      log: ({ event, detail }) => void told.push([event, ...Object.values(detail)].join(' ')),
      quietKiosk: true,
    })
    await awaited('the Chromium host shows its screen', host.start())
  })
  afterAll(async () => {
    await host.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })

  async function placeOf(expression: string) {
    const answer = await host.page()?.send('Runtime.evaluate', { expression, returnByValue: true })
    return placeSchema.safeParse(answer).data?.result.value ?? null
  }
  const named = (name: string) =>
    placeOf(`(() => {
      const box = document.querySelector('[data-name="${name}"]:not(:disabled)')?.getBoundingClientRect()
      return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null
    })()`)
  const finger = (type: string, touchPoints: { x: number; y: number }[]) =>
    host.page()?.send('Input.dispatchTouchEvent', { type, touchPoints })
  const there = (name: string) =>
    expect
      .poll(
        () =>
          named(name).then(
            (place) => place !== null,
            () => false,
          ),
        soon,
      )
      .toBe(true)
  async function touch(name: string): Promise<void> {
    await there(name)
    const place = await named(name)
    if (place === null) throw new Error(`${name} is gone`)
    await finger('touchStart', [place])
    await finger('touchEnd', [])
  }
  async function openPower(): Promise<void> {
    await there('begin')
    await finger('touchStart', [{ x: 30, y: 30 }])
    const heldFromMs = performance.now()
    await expect.poll(() => performance.now() - heldFromMs, soon).toBeGreaterThan(5_200)
    await finger('touchEnd', [])
    const end = await placeOf('({ x: innerWidth - 20, y: innerHeight - 20 })')
    if (end === null) throw new Error('no screen')
    await finger('touchStart', [end])
    await finger('touchEnd', [])
    for (const digit of pin) await touch(`pin-${digit}`)
    await touch('pin-open')
    await touch('service-power')
  }

  it('begin it anew: kiosk process and browser are others, and the first screen is back', async () => {
    const before = host.pids()
    await openPower()
    await touch('restart')
    await touch('restart-sure')
    await expect.poll(() => host.pids().kiosk, soon).not.toBe(before.kiosk)
    await expect.poll(() => host.pids().browser, soon).not.toBe(before.browser)
    await there('begin')
    expect(told.filter((line) => /lost/.test(line))).toEqual([])
    expect(told).toContain('planned-restart kiosk-process staff')
    expect(told).toContain('planned-restart screen staff')
  })

  it('end it for service: the host says so to whoever runs it', async () => {
    await openPower()
    await touch('leave')
    await touch('leave-sure')
    await awaited('the host is wanted for service', host.wantedForService)
  })
})
