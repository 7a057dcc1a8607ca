import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { chromiumPath, openBrowser } from './installed-chromium.ts'
import { type KioskScreen, openVisitor, patientFacility, startKioskScreen, type Visitor } from './screen-bench.ts'
import { startWebTown, type WebTown } from './web-town.ts'

describe.skipIf(chromiumPath === null)('reserving a book on this screen', () => {
  let browser: Browser
  let town: WebTown
  let kiosk: KioskScreen
  let visitor: Visitor

  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    town = await startWebTown()
    kiosk = await startKioskScreen({ config: patientFacility, web: town })
    visitor = await openVisitor(browser, kiosk)
    await visitor.page.clock.resume()
    await visitor.begin()
  })
  afterEach(async () => {
    await visitor.close()
    await kiosk.close()
    await town.close()
  })

  const stands = (selector: string) => visitor.page.locator(selector).first().waitFor()
  const titled = (title: string) => visitor.page.locator('.browse-title', { hasText: title }).waitFor()
  async function tap(x: number, y: number): Promise<void> {
    const box = await visitor.at('guarded').boundingBox()
    if (!box) throw new Error('there is no page')
    await visitor.page.touchscreen.tap(box.x + x, box.y + y)
  }
  /** Search, a book, its page. @returns its name there */
  async function toBook(): Promise<string> {
    await visitor.touch('menu-library')
    await visitor.touch('key-の')
    await stands('.library-card')
    await visitor.page.clock.runFor(600)
    await visitor.page.locator('.library-card').first().tap()
    return bookName()
  }
  async function bookName(): Promise<string> {
    await stands('.library-title .library-name')
    return (await visitor.page.locator('.library-name').textContent()) ?? ''
  }
  async function toLibrary(): Promise<void> {
    await visitor.touch('reserve-here')
    await visitor.at('guarded').waitFor()
    await titled('図書館の予約')
  }

  it('leads from the search over the book to the library’s page, and おわる back to the book', async () => {
    const name = await toBook()
    await toLibrary()
    await visitor.see('reserve.library.example')
    await tap(100, town.reserveAt.send)
    await titled('予約を受けつけました')
    await visitor.touch('web-finish')
    expect(await bookName()).toBe(name)
    expect(town.askedOfLibrary()).toEqual([expect.stringMatching(/^\/titles\/S\d+$/), '/titles/done?card='])
    await visitor.touch('back')
    await stands('.library-card')
    // The book was looked for in 図書検索; its reservation is no opening of another menu.
    expect(kiosk.accesses()).toBe(1)
  })

  it('a sign-in is forgotten with the turn, also for the same visitor, and a quick finger waits for nothing', async () => {
    await toBook()
    await toLibrary()
    await tap(100, town.reserveAt.card)
    await visitor.at('keyboard').waitFor()
    await visitor.touch('key-board')
    for (const key of ['key-a', 'key-b']) await visitor.touch(key)
    await visitor.touch('key-close')
    await tap(100, town.reserveAt.send)
    await titled('予約を受けつけました')
    expect(town.askedOfLibrary().at(-1)).toBe('/titles/done?card=ab')
    await visitor.touch('back')
    await toLibrary()
    expect(town.cards.at(-1)).toBe('')
    await visitor.touch('web-finish')
    await stands('.library-name')
  })

  it('おわる of the visit leads home, and nothing is open any more', async () => {
    await toBook()
    await toLibrary()
    await visitor.touch('end')
    await visitor.at('begin').waitFor()
    await expect.poll(() => kiosk.logged.filter(({ code }) => code === 'internet-turn-ended').length).toBe(1)
    await visitor.begin()
    await toBook()
    expect(kiosk.accesses()).toBe(2)
  })

  it('without the line to outside it says so, and leads back to the book with its pattern for a telephone', async () => {
    town.net.cut(true)
    const name = await toBook()
    await visitor.touch('reserve-here')
    await visitor.at('problem-line-cut').waitFor()
    await visitor.see('本のページにもどると、スマートフォンで予約できます。')
    await visitor.touch('problem-start')
    expect(await bookName()).toBe(name)
    await visitor.touch('reserve')
    await stands('svg.qr')
  })

  it('a guarded browser that ends is told in words, and the book is still there', async () => {
    const name = await toBook()
    await toLibrary()
    await town.guardedBrowser.close()
    await visitor.see('この画面では、予約のページを開けませんでした。')
    await visitor.touch('empty-way')
    expect(await bookName()).toBe(name)
    await visitor.touch('reserve')
    await stands('svg.qr')
  })

  it('a time that is up leads back to the book', async () => {
    const name = await toBook()
    await toLibrary()
    kiosk.pass(860_000)
    await visitor.at('turn-warning').waitFor()
    await visitor.touch('web-extend')
    await visitor.at('turn-warning').waitFor({ state: 'detached' })
    kiosk.pass(400_000)
    await visitor.see('時間になりました。')
    await visitor.touch('empty-way')
    expect(await bookName()).toBe(name)
  })

  it('こどもモード is kana alone around the library’s page', async () => {
    await visitor.touch('menu-library')
    await visitor.touch('library-children')
    await visitor.touch('key-の')
    await stands('.library-card')
    await visitor.page.clock.runFor(600)
    await visitor.page.locator('.library-card').first().tap()
    await visitor.see('この がめんで よやく する')
    await toLibrary()
    await visitor.see('よやくを おわる')
    const words = await visitor.page.locator('.browse-buttons').textContent()
    expect(words).not.toMatch(/\p{Script=Han}/u)
    await visitor.touch('web-finish')
    town.net.cut(true)
    await visitor.touch('reserve-here')
    await visitor.at('problem-line-cut').waitFor()
    expect(await visitor.page.locator('.browse-box').textContent()).not.toMatch(/\p{Script=Han}/u)
    await visitor.touch('problem-start')
    await stands('.library-name')
  })
})
