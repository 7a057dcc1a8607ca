import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { chromiumPath, openBrowser } from './installed-chromium.ts'
import { measureScreen, tooNear } from './measure-screen.ts'
import {
  facility,
  type KioskScreen,
  openVisitor,
  patientFacility,
  type StageName,
  startKioskScreen,
} from './screen-bench.ts'
import { type Mode, plainMode, walkScreens } from './walk-screens.ts'

const millimetres = facility.screen.millimetresPerPixel
const stageNames = ['portrait', 'landscape'] satisfies StageName[]
const modes: [string, Mode][] = [
  ['Japanese', plainMode],
  ['English', { ...plainMode, language: 'en' }],
  ['Japanese, high contrast', { ...plainMode, contrast: 'high' }],
  ['English, high contrast', { ...plainMode, language: 'en', contrast: 'high' }],
  ['Japanese, large letters', { ...plainMode, text: 'large' }],
  ['English, largest letters', { ...plainMode, language: 'en', text: 'largest' }],
  ['Japanese, within reach', { ...plainMode, low: true }],
]
/** ACCESSIBILITY 1, 8 and 9, in millimetres. A capital is 0.73 of the size of its letters. */
const capitalShare = 0.73
const least = { targetMm: 20, gapMm: 2, capitalMm: 4.8, largeCapitalMm: 7.3, lowShare: 0.4 }

describe.skipIf(chromiumPath === null)('ACCESSIBILITY, on every screen', () => {
  let browser: Browser
  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
  })

  describe.each(stageNames)('%s', (stage) => {
    let kiosk: KioskScreen
    beforeAll(async () => {
      kiosk = await startKioskScreen({ stage, config: patientFacility })
    })
    afterAll(() => kiosk.close())

    it.each(modes)('%s', async (_, mode) => {
      const visitor = await openVisitor(browser, kiosk)
      const found: Record<string, string[]> = {}
      await walkScreens(visitor, mode, async (screen) => {
        const attract = screen === 'attract'
        const wrong = [
          ...(await axeFindings(visitor.page)),
          ...(await sizeFindings(visitor.page, attract ? { ...plainMode } : mode, attract)),
        ]
        if (wrong.length > 0) found[screen] = wrong
      })
      await visitor.close()
      expect(found).toEqual({})
    })
  })
})

async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // Without frames there is nothing to gather from other pages: half the time.
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 140)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  )
}

async function sizeFindings(page: Page, mode: Mode, attract: boolean): Promise<string[]> {
  const { targets, cut, smallest } = await measureScreen(page)
  const height = page.viewportSize()?.height ?? 0
  const small = targets.filter(({ whole }) => Math.min(whole.width, whole.height) * millimetres < least.targetMm - 0.1)
  const capitalMm = smallest.px * capitalShare * millimetres
  const leastCapitalMm = mode.text === 'standard' ? least.capitalMm : least.largeCapitalMm
  const high = targets.filter(({ y }) => y < height * (1 - least.lowShare) - 1)
  return [
    ...cut,
    ...small.map(
      ({ name, whole }) => `${name}: ${Math.round(whole.width)} × ${Math.round(whole.height)} px is too small`,
    ),
    ...tooNear(targets, least.gapMm / millimetres),
    ...(capitalMm < leastCapitalMm - 0.05 ? [`capitals of ${capitalMm.toFixed(1)} mm: ${smallest.text}`] : []),
    ...(mode.low && !attract ? high.map(({ name }) => `${name}: out of reach`) : []),
  ]
}
