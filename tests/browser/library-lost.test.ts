import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PlayedSearch, playedSearch } from '../../electron/kiosk/testing/played-search.ts'
import { chromiumPath, sharedBrowser } from './installed-chromium.ts'
import { type KioskScreen, openVisitor, patientFacility, startKioskScreen, type Visitor } from './screen-bench.ts'

describe.skipIf(chromiumPath === null)('図書検索 while its search is not there', () => {
  const browser = sharedBrowser()
  let played: PlayedSearch
  let kiosk: KioskScreen
  let visitor: Visitor

  beforeEach(async () => {
    played = playedSearch()
    played.hold('opening')
    kiosk = await startKioskScreen({ config: patientFacility, startSearchWorker: played.startWorker })
    visitor = await openVisitor(browser(), kiosk)
    await visitor.begin()
  })
  afterEach(async () => {
    played.release('opening')
    await visitor.close()
    await kiosk.close()
  })

  const stands = (selector: string) => visitor.page.locator(selector).first().waitFor()

  it('its tile comes by itself when the catalogue is open, and everything else is there before', async () => {
    await expect.poll(() => played.reached('opening')).toBe(1)
    expect(await visitor.at('menu-library').count()).toBe(0)
    await visitor.touch('menu-tourism')
    await visitor.touch('home')
    expect(kiosk.accesses()).toBe(1)
    played.release('opening')
    await visitor.at('menu-library').waitFor()
    await visitor.touch('menu-library')
    await stands('.library-ways')
  })

  it('on its pages that ask for something there are words meanwhile, and then what was asked for', async () => {
    played.release('opening')
    await visitor.at('menu-library').waitFor()
    await visitor.touch('menu-library')
    await stands('.library-ways')
    await played.workers[0]?.terminate()
    await expect.poll(() => kiosk.logged.map(({ code }) => code)).toContain('library-failed')
    await visitor.touch('way-genres')
    await visitor.see('いま準備しています')
    await visitor.touch('back')
    await visitor.touch('way-ages')
    await visitor.see('いま準備しています')
    kiosk.pass(1_000)
    await stands('[data-name="age-3"]')
    expect(await visitor.page.locator('.library-awaited').count()).toBe(0)
  })

  it('lost under a visitor it says that it is being prepared, and what was typed is found as soon as it is back', async () => {
    played.release('opening')
    await visitor.at('menu-library').waitFor()
    await visitor.touch('menu-library')
    await visitor.touch('key-の')
    await stands('.library-card')
    await played.workers[0]?.terminate()
    await expect.poll(() => kiosk.logged.map(({ code }) => code)).toContain('library-failed')
    await visitor.touch('key-backspace')
    await visitor.touch('key-ね')
    await visitor.see('いま準備しています')
    kiosk.pass(1_000)
    await stands('[data-text="ね"] .library-card')
    expect(await visitor.at('library-text').inputValue()).toBe('ね')
    expect(kiosk.accesses()).toBe(1)
  })
})
