import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { readConfig } from '../../electron/kiosk/read-config.ts'
import { chromiumUnderTest } from './hosts/chromium-under-test.ts'
import { visitorAt } from './hosts/each-host.ts'

const soon = { interval: 100 }
const facility = readConfig(join(import.meta.dirname, '..', '..', 'kiosk-config', 'chuo-kominkan.json'))
type Host = Awaited<ReturnType<typeof chromiumUnderTest.start>>
let folder: string
let host: Host

beforeAll(async () => {
  await buildVisitorScreen(() => undefined)
  await buildRelease0(() => undefined)
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quiet-'))
})
afterEach(async () => {
  await host.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
})

async function start(hours: 'open' | 'closed'): Promise<void> {
  const day = hours === 'open' ? [{ from: '00:00', to: '24:00' }] : []
  const opening = {
    ...facility.opening,
    hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
    closedOnHolidays: false,
    yearEnd: null,
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...facility, opening }))
  host = await chromiumUnderTest.start(folder, join(folder, 'config.json'))
}
const { open } = visitorAt(() => host)
const isDark = () => host.evaluate(`document.querySelector('main.dark') !== null`)
const pageId = () => host.evaluate('performance.timeOrigin')
const codes = () => host.logged().map(({ event }) => event)

describe.skipIf(chromiumUnderTest.missing !== null)('outside of the opening hours', () => {
  it('the screen is dark, a touch wakes it for a visit, and it is dark again afterwards', async () => {
    await start('closed')
    expect(await isDark()).toBe(true)
    await open('begin', 'menu-tourism')
    expect(await isDark()).toBe(false)
    await open('end', 'begin')
    expect(await isDark()).toBe(true)
  })

  it('while it is open it is not dark', async () => {
    await start('open')
    expect(await isDark()).toBe(false)
  })
})

describe.skipIf(chromiumUnderTest.missing !== null)('a planned restart', () => {
  it('waits for the visitor to go, lets nobody begin meanwhile, and is no fault', async () => {
    await start('open')
    await open('begin', 'menu-tourism')
    const [page, kiosk] = [await pageId(), await host.kioskPid()]
    host.plan('kiosk-process', 'nightly')
    host.plan('screen', 'nightly')
    // The visitor goes on: several signs of the kiosk process pass meanwhile.
    await open('menu-tourism', 'entry-sights')
    await open('home', 'menu-tourism')
    expect([await pageId(), await host.kioskPid()]).toEqual([page, kiosk])
    expect(codes()).not.toContain('planned-restart')
    await open('end', 'begin')
    await expect.poll(() => host.kioskPid().catch(() => kiosk), soon).not.toBe(kiosk)
    await expect.poll(() => pageId().catch(() => page), soon).not.toBe(page)
    await open('begin', 'menu-tourism')
    expect(codes().filter((code) => code === 'planned-restart')).toHaveLength(2)
    expect(codes()).not.toContain('screen-lost')
    expect(codes()).not.toContain('kiosk-process-lost')
  })
})
