import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, sharedBrowser } from './installed-chromium.ts'
import { type KioskScreen, openVisitor, patientFacility, startKioskScreen, type Visitor } from './screen-bench.ts'

/** The sample town's catalogue; without one the menu has no tile. */
const catalogue = existsSync(join(import.meta.dirname, '..', '..', 'content', 'library'))

// This kiosk never saw a hub: all of it is done with the line cut.
describe.skipIf(chromiumPath === null || !catalogue)('図書検索, by touch alone and with the line cut', () => {
  const browser = sharedBrowser()
  let kiosk: KioskScreen
  let visitor: Visitor

  beforeEach(async () => {
    kiosk = await startKioskScreen({ config: patientFacility })
    visitor = await openVisitor(browser(), kiosk)
    await visitor.begin()
  })
  afterEach(async () => {
    await visitor.close()
    await kiosk.close()
  })

  const tapFirst = async (selector: string) => {
    await visitor.page.clock.runFor(700)
    await visitor.page.locator(selector).first().tap()
    await visitor.page.clock.runFor(700)
  }
  const stands = (selector: string) => visitor.page.locator(selector).first().waitFor()
  const typed = () => visitor.at('library-text').inputValue()

  it('opening it is one access, and walking about in it is the same', async () => {
    await visitor.touch('menu-library')
    await stands('.library-ways')
    expect(kiosk.accesses()).toBe(1)
    await visitor.touch('way-popular')
    await stands('.library-card')
    expect(kiosk.accesses()).toBe(1)
  })

  it('finds from the first kana, and leads over the title to the slip and back to what was typed', async () => {
    await visitor.touch('menu-library')
    await visitor.touch('key-の')
    await stands('.library-card')
    await expect.poll(typed).toBe('の')
    const name = (await visitor.page.locator('.library-card-title').first().textContent()) ?? ''
    await tapFirst('.library-card')
    await stands('.library-name')
    // The reading may stand between its letters.
    expect(await visitor.page.locator('.library-name').textContent()).toContain(name.slice(0, 1))
    await visitor.see('いまは確かめられません')
    await visitor.touch('slip')
    await stands('svg.qr')
    await visitor.touch('back')
    await visitor.touch('back')
    await stands('.library-card')
    await expect.poll(typed).toBe('の')
  })

  it('shows three titles above the keyboard, none of them cut off, and the one that is touched opens', async () => {
    await visitor.touch('menu-library')
    await visitor.touch('key-の')
    await stands('[data-off="false"] .library-card')
    const cut = () =>
      visitor.page
        .locator('[data-off="false"] .library-card')
        .evaluateAll((cards) => cards.map((card) => card.scrollHeight - card.clientHeight))
    await expect.poll(cut).toEqual([0, 0, 0])
    // The next letter writes other titles on the same three buttons.
    await visitor.touch('key-は')
    await stands('[data-off="false"] [data-text="のは"]')
    const third = visitor.page.locator('.library-card').nth(2)
    const name = (await third.locator('.library-card-title').textContent()) ?? ''
    await third.tap()
    await visitor.page.clock.runFor(700)
    await stands('.library-name')
    const opened = (await visitor.page.locator('.library-name').textContent()) ?? ''
    // The reading may stand between its letters.
    expect(opened.replace(/（[ぁ-ゖー]+）/g, '')).toBe(name)
  })

  it('a mark changes the kana before it, and 消す brings the ways back', async () => {
    await visitor.touch('menu-library')
    for (const key of ['key-か', 'key-voiced', 'key-つ', 'key-small']) await visitor.touch(key)
    await expect.poll(typed).toBe('がっ')
    await visitor.touch('key-backspace')
    await expect.poll(typed).toBe('が')
    await visitor.touch('library-clear')
    await stands('.library-ways')
  })

  it('the keyboard covers nothing of what was found', async () => {
    await visitor.touch('menu-library')
    await visitor.touch('key-の')
    await stands('.library-card')
    const keyboard = await visitor.at('keyboard').boundingBox()
    const bar = await visitor.page.locator('.pager-bar').boundingBox()
    if (!keyboard || !bar) throw new Error('not on the screen')
    expect(bar.y + bar.height).toBeLessThanOrEqual(keyboard.y)
  })

  it('lying, the bar of the list covers no title', async () => {
    const lying = await startKioskScreen({ stage: 'landscape', config: patientFacility })
    const other = await openVisitor(browser(), lying)
    await other.begin()
    await other.touch('menu-library')
    await other.touch('key-の')
    const first = other.page.locator('.library-card').first()
    await first.waitFor()
    const bar = await other.page.locator('.pager-bar').boundingBox()
    const card = await first.boundingBox()
    if (!bar || !card) throw new Error('not on the screen')
    expect(bar.y + bar.height).toBeLessThanOrEqual(card.y)
    await other.close()
    await lying.close()
  })

  it('says what to do when nothing is found', async () => {
    await visitor.touch('menu-library')
    for (const _ of 'abcd') await visitor.touch('key-ぬ')
    await stands('.library-nothing')
    await visitor.touch('library-other')
    await stands('.library-ways')
  })

  it('the list takes the room of the keyboard, after nothing was found too', async () => {
    const cards = visitor.page.locator('.library-card')
    await visitor.touch('menu-library')
    await visitor.touch('key-の')
    await stands('.library-card')
    const beside = await cards.count()
    for (const _ of 'abc') await visitor.touch('key-ぬ')
    await stands('.library-nothing')
    for (const _ of 'abc') await visitor.touch('key-backspace')
    await stands('.library-card')
    await visitor.touch('key-close')
    await expect.poll(() => cards.count()).toBeGreaterThan(beside)
  })

  it('leads by pictures to books without a letter, and narrows them by kind with a number that is right', async () => {
    await visitor.touch('menu-library')
    await visitor.touch('way-genres')
    await tapFirst('.library-genre')
    await visitor.touch('genre-whole')
    await stands('.library-card')
    await visitor.touch('back')
    await visitor.touch('back')
    await visitor.touch('back')
    await visitor.touch('way-popular')
    await stands('.library-card')
    await visitor.touch('narrow-kind')
    const choice = visitor.page.locator('.library-choice').nth(1)
    await choice.waitFor()
    const number = (await choice.locator('.library-choice-count').textContent())?.trim()
    await visitor.page.clock.runFor(700)
    await choice.tap()
    await stands('.library-card')
    await visitor.see(new RegExp(`^${number}件$`))
  })

  it('こどもモード is kana alone, and ends with the visit', async () => {
    await visitor.touch('menu-library')
    await visitor.touch('library-children')
    await visitor.see('ほんを さがす')
    expect(await kanjiWithoutReading(visitor)).toEqual([])
    await visitor.touch('way-popular')
    await stands('.library-card')
    expect(await kanjiWithoutReading(visitor)).toEqual([])
    await visitor.touch('narrow-shelf')
    await stands('.library-choice')
    expect(await kanjiWithoutReading(visitor)).toEqual([])
    await visitor.touch('back')
    await tapFirst('.library-card')
    await stands('.library-name')
    expect(await kanjiWithoutReading(visitor)).toEqual([])
    await visitor.touch('see-place')
    await stands('.library-place')
    expect(await kanjiWithoutReading(visitor)).toEqual([])
    await visitor.touch('end')
    await visitor.begin()
    await visitor.touch('menu-library')
    await visitor.see('図書検索')
    expect(await visitor.at('library-children').getAttribute('aria-pressed')).toBe('false')
  })

  it('in English: letters, title and slip', async () => {
    await visitor.touch('language')
    await visitor.touch('choice-en')
    await visitor.touch('menu-library')
    await visitor.see('Library search')
    await visitor.touch('key-o')
    await stands('.library-card')
    await tapFirst('.library-card')
    await visitor.see('Where it is')
    await visitor.touch('slip')
    await visitor.see('Take it with you')
    await stands('svg.qr')
  })

  it('nothing that was typed is there for the next visitor', async () => {
    await visitor.touch('menu-library')
    await visitor.touch('key-の')
    await visitor.touch('end')
    await visitor.begin()
    await visitor.touch('menu-library')
    await stands('.library-ways')
    await expect.poll(typed).toBe('')
  })
})

/** What a child could not read on the page; the bands are not the menu's. */
const kanjiWithoutReading = ({ page }: Visitor) =>
  page.locator('main').evaluate((main) => {
    const texts: string[] = []
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      if (/\p{Script=Han}/u.test(node.nodeValue ?? '') && !node.parentElement?.closest('ruby'))
        texts.push(node.nodeValue ?? '')
    }
    return texts
  })
