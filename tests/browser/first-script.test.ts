import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { chromiumPath, openBrowser } from './installed-chromium.ts'
import { type KioskScreen, patienceMs, patientFacility, stages, startKioskScreen } from './screen-bench.ts'

const mostBytes = 150_000

describe.skipIf(chromiumPath === null)('the first script and what comes later', () => {
  let browser: Browser
  let kiosk: KioskScreen

  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    browser = await openBrowser()
    kiosk = await startKioskScreen({ config: patientFacility })
  })
  afterAll(async () => {
    await browser.close()
    await kiosk.close()
  })

  const onPage = async (use: (page: Page) => Promise<void>) => {
    const context = await browser.newContext({ viewport: stages.portrait, hasTouch: true })
    context.setDefaultTimeout(patienceMs)
    await use(await context.newPage())
    await context.close()
  }
  const at = (page: Page, name: string) => page.locator(`[data-name="${name}"]`).first()

  it('the home screen needs 150 kB of script at most, as they come over the line', () =>
    onPage(async (page) => {
      // What is fetched while nothing else is to be done is no part of the start.
      await page.addInitScript(() => {
        window.requestIdleCallback = () => 0
      })
      const sizes: Promise<number>[] = []
      page.on('requestfinished', (request) => {
        if (request.resourceType() === 'script')
          sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
      })
      await page.goto(kiosk.url)
      await at(page, 'begin').tap()
      await at(page, 'menu-library').waitFor()
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
      expect(bytes).toBeGreaterThan(50_000)
      expect(bytes).toBeLessThanOrEqual(mostBytes)
    }))

  it('every other program is there before anybody asks for it', () =>
    onPage(async (page) => {
      await page.goto(kiosk.url)
      await at(page, 'begin').tap()
      await at(page, 'menu-library').waitFor()
      const fetched = () =>
        page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')))
      for (const program of ['library-menu', 'internet-menu', 'take-home', 'vi', 'ja-hira'])
        await expect.poll(fetched).toContainEqual(expect.stringMatching(new RegExp(`^${program}-.*\\.js$`)))
    }))

  it('a program that cannot be fetched blanks nothing: it is being prepared, and is there as soon as it can be', () =>
    onPage(async (page) => {
      const program = /\/assets\/library-menu-/
      await page.route(program, (route) => route.abort())
      await page.goto(kiosk.url)
      await at(page, 'begin').tap()
      await at(page, 'menu-library').waitFor()
      // On a new screen a finger is given a moment to leave.
      await expect
        .poll(async () => {
          await at(page, 'menu-library')
            .tap({ timeout: 1_000 })
            .catch(() => undefined)
          return page.locator('.notice').isVisible()
        })
        .toBe(true)
      // Asked for again, and refused again.
      await page.waitForEvent('requestfailed', (request) => program.test(request.url()))
      // Whoever does not want to wait goes on.
      await at(page, 'home').waitFor()
      await page.unroute(program)
      await at(page, 'way-genres').waitFor()
    }))
})
