import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { measureScreen, tooNear } from './measure-screen.ts'
import { facility } from './screen-bench.ts'
import type { Mode } from './walk-screens.ts'

const millimetres = facility.screen.millimetresPerPixel
/** ACCESSIBILITY 1, 8 and 9, in millimetres. A capital is 0.73 of the size of its letters. */
const capitalShare = 0.73
const least = { targetMm: 20, gapMm: 2, capitalMm: 4.8, largeCapitalMm: 7.3, lowShare: 0.4 }

export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // Without frames there is nothing to gather from other pages: half the time.
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 140)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  )
}

export async function sizeFindings(page: Page, mode: Mode, attract: boolean): Promise<string[]> {
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
