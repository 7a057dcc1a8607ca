import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sizeFindings } from './findings.ts'
import { chromiumPath, sharedBrowser } from './installed-chromium.ts'
import {
  type KioskScreen,
  openVisitor,
  patientFacility,
  type StageName,
  startKioskScreen,
  type Visitor,
} from './screen-bench.ts'

/** The sample town's catalogue; without one the menu has no tile. */
const catalogue = existsSync(join(import.meta.dirname, '..', '..', 'content', 'library'))

type Row = { stage: StageName; text: 'standard' | 'large' | 'largest'; low: boolean; language: 'ja' | 'en' }
/** All that leave no room for the keyboard beside the ways; in the languages with the most keys and with the longest words. */
const rows = (['ja', 'en'] as const).flatMap((language): Row[] => [
  { stage: 'portrait', text: 'large', low: false, language },
  { stage: 'portrait', text: 'largest', low: false, language },
  { stage: 'portrait', text: 'large', low: true, language },
  { stage: 'portrait', text: 'largest', low: true, language },
  { stage: 'landscape', text: 'large', low: false, language },
  { stage: 'landscape', text: 'largest', low: false, language },
  { stage: 'landscape', text: 'standard', low: true, language },
  { stage: 'landscape', text: 'largest', low: true, language },
])

describe.skipIf(chromiumPath === null || !catalogue)('typing in 図書検索 where little fits', () => {
  const browser = sharedBrowser()
  let kiosks: Record<StageName, KioskScreen>
  beforeAll(async () => {
    kiosks = {
      portrait: await startKioskScreen({ stage: 'portrait', config: patientFacility }),
      landscape: await startKioskScreen({ stage: 'landscape', config: patientFacility }),
    }
  })
  afterAll(async () => {
    await kiosks.portrait.close()
    await kiosks.landscape.close()
  })

  it.each(rows)('$stage, $text letters, low: $low, $language', async ({ stage, text, low, language }) => {
    const visitor = await openVisitor(browser(), { url: kiosks[stage].url, stage })
    await visitor.begin()
    for (const [sheet, choice] of [
      ['language', language],
      ['text', text],
    ] as const) {
      await visitor.touch(sheet)
      await visitor.touch(`choice-${choice}`)
    }
    if (low) await visitor.touch('low')
    await visitor.touch('menu-library')
    await visitor.at('way-genres').waitFor()
    await visitor.touch('library-text')
    await visitor.at('to-ways').waitFor()
    const key = language === 'ja' ? 'の' : 'o'
    await visitor.touch(`key-${key}`)
    await visitor.page.locator(`[data-off="false"] [data-text="${key}"] .library-card`).first().waitFor()

    // A key that was touched is still on its way up, nearer to the one below it.
    await visitor.page.locator('.key[data-down]').waitFor({ state: 'detached' })
    expect(await hidden(visitor, ['.library-card', '.library-input', '.key:not(.key-gap)'])).toEqual([])
    expect(await hidden(visitor, ['[data-name="next"]', '[data-name="library-all"]', '.pager-range'])).toEqual([])
    expect(await sizeFindings(visitor.page, { language, text, low, contrast: 'standard' }, false)).toEqual([])
    expect(await visitor.at('scroll-down').count()).toBe(0)
    // The next letter, and the rest of what it found.
    await visitor.touch('next')
    await visitor.touch('library-clear')
    await visitor.touch('to-ways')
    await visitor.at('way-popular').waitFor()
    await visitor.close()
  })
})

/** What of these a finger or an eye does not reach: outside of the page, below something else, or longer than its button. */
const hidden = ({ page }: Visitor, selectors: string[]) =>
  page.evaluate((selectors) => {
    const main = document.querySelector('main')?.getBoundingClientRect()
    if (!main) return ['no page']
    return selectors.flatMap((selector) => {
      const found = [...document.querySelectorAll(selector)].filter((one) => !one.closest('[data-off="true"]'))
      if (found.length === 0) return [`no ${selector}`]
      return found.flatMap((one) => {
        const box = one.getBoundingClientRect()
        const inside =
          box.top >= main.top - 1 &&
          box.bottom <= main.bottom + 1 &&
          box.left >= main.left - 1 &&
          box.right <= main.right + 1
        const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
        const over = at !== one && !one.contains(at) && !at?.contains(one)
        const runsOut = one instanceof HTMLButtonElement && one.scrollWidth > one.clientWidth + 1
        return inside && !over && !runsOut ? [] : [`${selector} ${one.textContent?.slice(0, 20)}`]
      })
    })
  }, selectors)
