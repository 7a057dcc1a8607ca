import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, sharedBrowser } from './installed-chromium.ts'
import { facility, type KioskScreen, openVisitor, startKioskScreen, type Visitor } from './screen-bench.ts'

describe.skipIf(chromiumPath === null)('a visitor at the screen', () => {
  const browser = sharedBrowser()
  let kiosk: KioskScreen
  let visitor: Visitor

  beforeEach(async () => {
    kiosk = await startKioskScreen()
    visitor = await openVisitor(browser(), kiosk)
  })
  afterEach(async () => {
    await visitor.close()
    await kiosk.close()
  })

  it('a visitor who touches nothing but buttons is not taken for gone', async () => {
    await visitor.begin()
    for (let touches = 0; touches < 4; touches += 1) {
      await visitor.passExactly(facility.idle.warnAfterMs * 0.8)
      await visitor.goOn()
      await visitor.touch('contrast')
      expect(await visitor.at('go-on').count()).toBe(0)
    }
    await visitor.passExactly(facility.idle.warnAfterMs + 1_000)
    await visitor.at('go-on').waitFor()
  })

  it('opens a menu: the access is on the disk before the menu shows, and a second strike is none', async () => {
    await visitor.begin()
    expect(kiosk.accesses()).toBe(0)
    await visitor.strikeTwice('menu-tourism')
    await visitor.at('entry-sights').waitFor()
    expect(kiosk.accesses()).toBe(1)
    expect(await visitor.at('category-all').count()).toBe(0)
    // Walking about inside the menu is the same access; opening it again is another.
    await visitor.touch('entry-sights')
    await visitor.touch('back')
    await visitor.touch('back')
    kiosk.pass(5_000)
    await visitor.touch('menu-tourism')
    await visitor.at('entry-sights').waitFor()
    expect(kiosk.accesses()).toBe(2)
  })

  it('counts what leads from home straight to an event as an access of its menu', async () => {
    await visitor.begin()
    await visitor.touch('home-events')
    await visitor.at('filter-month').waitFor()
    expect(kiosk.accesses()).toBe(1)
  })

  it('a finger that slides off a tile opens nothing', async () => {
    await visitor.begin()
    const box = await visitor.at('menu-tourism').boundingBox()
    if (!box) throw new Error('no tile')
    const { mouse } = visitor.page
    await visitor.page.clock.runFor(600)
    await mouse.move(box.x + 40, box.y + 40)
    await mouse.down()
    await mouse.move(box.x + 40, box.y + box.height + 60, { steps: 4 })
    await mouse.up()
    await visitor.page.clock.runFor(1_000)
    expect(await visitor.at('entry-sights').count()).toBe(0)
    expect(kiosk.accesses()).toBe(0)
  })

  it('shows only menus that are built, in the order of the table', async () => {
    await visitor.begin()
    const tiles = await visitor.page
      .locator('[data-name^="menu-"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-name')))
    expect(tiles).toEqual(['menu-tourism', 'menu-library'])
  })

  it('sights: by category, then one with its address, hours and a pattern to take home', async () => {
    await visitor.begin()
    await visitor.touch('menu-tourism')
    await visitor.touch('entry-sights')
    const all = await visitor.at('category-all').textContent()
    await visitor.touch('category-culture')
    await visitor.see('ゲートボール発祥の地')
    expect(await visitor.at('category-culture').getAttribute('aria-pressed')).toBe('true')
    const culture = await visitor.at('category-culture').textContent()
    const countOf = (label: string | null) => Number(/\d+/.exec(label ?? '')?.[0])
    expect(countOf(all)).toBeGreaterThanOrEqual(20)
    expect(countOf(culture)).toBeLessThan(countOf(all))
    await visitor.page.clock.runFor(600)
    await visitor.page.locator('.sight-card').first().tap()
    await visitor.page.locator('.facts').waitFor()
    const facts = await visitor.page.locator('.facts dt').allInnerTexts()
    expect(facts).toEqual(expect.arrayContaining(['住所', '時間', '行き方']))
    await visitor.see(/ここからの|場所/)
    await visitor.touch('take-home')
    await visitor.page.locator('svg.qr').waitFor()
    await visitor.touch('take-close')
    await visitor.page.locator('.facts').waitFor()
  })

  it('events: today, this week, this month and by month; a cancelled one says so', async () => {
    await visitor.begin()
    await visitor.touch('menu-tourism')
    await visitor.touch('entry-events')
    const chips = await visitor.page
      .locator('[data-name^="filter-"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-name')))
    expect(chips.slice(0, 4)).toEqual(['filter-today', 'filter-week', 'filter-month', 'filter-2026-12'])
    await visitor.touch('filter-2026-12')
    const months = await visitor.page.locator('.event-day').evaluateAll((all) => all.map((one) => one.textContent))
    expect(months.length).toBeGreaterThan(0)
    for (const month of months) expect(month).toContain('12月')
    const states = async () => (await visitor.page.locator('.badge-off').allInnerTexts()).join()
    while (!/中止/.test(await states()) && (await visitor.at('next').isEnabled())) await visitor.touch('next')
    expect(await states()).toContain('中止')
    await visitor.touch('filter-today')
    for (const day of await visitor.page.locator('.event-date').allInnerTexts()) expect(day).toBe('25')
  })

  it('the whole screen in English has no word of Japanese that is not marked as such', async () => {
    await visitor.begin()
    await visitor.touch('language')
    await visitor.touch('choice-en')
    const unmarked = () =>
      visitor.page.evaluate(() => {
        const found: string[] = []
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = node.textContent ?? ''
          const shown = node.parentElement?.checkVisibility() && !node.parentElement.closest('script, style')
          const lang = node.parentElement?.closest('[lang]')?.getAttribute('lang')
          if (shown && lang !== 'ja' && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text))
            found.push(text)
        }
        return found
      })
    await expect.poll(unmarked).toEqual([])
    await visitor.touch('menu-tourism')
    await visitor.see('Places to see')
    expect(await unmarked()).toEqual([])
    await visitor.touch('entry-sights')
    expect(await unmarked()).toEqual([])
    await visitor.page.clock.runFor(600)
    await visitor.page.locator('.sight-card').first().tap()
    await visitor.see('Address')
    expect(await unmarked()).toEqual([])
    await visitor.touch('home')
    await visitor.touch('home-events')
    await visitor.page.clock.runFor(600)
    await visitor.page.locator('.event-card').first().tap()
    await visitor.see('Date')
    expect(await unmarked()).toEqual([])
  })

  it.each(['zh-Hans', 'zh-Hant', 'ko', 'vi'])(
    'speaks %s on every button, and goes back to Japanese at the end',
    async (language) => {
      await visitor.begin()
      const japanese = await visitor.at('end').textContent()
      await visitor.touch('language')
      await visitor.touch(`choice-${language}`)
      await expect.poll(() => visitor.at('end').textContent()).not.toBe(japanese)
      expect(await visitor.page.locator('html').getAttribute('lang')).toBe(language)
      await visitor.touch('end')
      await visitor.begin()
      await expect.poll(() => visitor.at('end').textContent()).toBe(japanese)
    },
  )

  it('おわる takes everything of the visitor with it', async () => {
    await visitor.begin()
    const before = await visitor.page
      .locator('html')
      .evaluate((html) => html.outerHTML.length > 0 && html.style.fontSize)
    await visitor.touch('menu-tourism')
    await visitor.touch('language')
    await visitor.touch('choice-en')
    await visitor.touch('text')
    await visitor.touch('choice-large')
    await visitor.touch('contrast')
    await visitor.touch('choice-high')
    await visitor.touch('low')
    await visitor.touch('end')
    await visitor.at('begin').waitFor()
    const html = visitor.page.locator('html')
    expect(await html.getAttribute('data-contrast')).toBe('standard')
    await expect.poll(() => html.getAttribute('lang')).toBe('ja')
    await visitor.begin()
    expect(await visitor.at('low').getAttribute('aria-pressed')).toBe('false')
    expect(await html.evaluate((element) => element.style.fontSize)).toBe(before)
    expect(await visitor.at('back').count()).toBe(0)
    expect(
      await visitor.page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, history.length]),
    ).toEqual([0, 0, '', 2])
  })

  it('warns a quiet visitor, goes on at one touch ten times, and resets when nobody answers', async () => {
    await visitor.begin()
    await visitor.touch('menu-tourism')
    await visitor.at('entry-sights').waitFor()
    for (let round = 0; round < 10; round += 1) {
      await visitor.passExactly(50_000)
      expect(await visitor.at('go-on').count()).toBe(0)
      await visitor.page.clock.runFor(11_000)
      await visitor.at('go-on').waitFor()
      // A sleeve on the screen beside the button is no answer, and it opens nothing.
      await visitor.page.touchscreen.tap(40, 400)
      expect(await visitor.at('go-on').count()).toBe(1)
      await visitor.goOn()
      await visitor.touch('go-on')
      await expect.poll(() => visitor.at('go-on').count()).toBe(0)
      expect(await visitor.at('entry-sights').count()).toBe(1)
    }
    await visitor.passExactly(61_000)
    await visitor.at('go-on').waitFor()
    await visitor.page.clock.runFor(20_000)
    expect(await visitor.at('go-on').count()).toBe(1)
    await visitor.page.clock.runFor(11_000)
    await visitor.at('begin').waitFor()
    expect(kiosk.accesses()).toBe(1)
  })

  it('gives twice the time to somebody who uses an aid', async () => {
    await visitor.begin()
    await visitor.touch('text')
    await visitor.touch('choice-large')
    await visitor.passExactly(100_000)
    expect(await visitor.at('go-on').count()).toBe(0)
    await visitor.page.clock.runFor(21_000)
    await visitor.at('go-on').waitFor()
    await visitor.page.clock.runFor(45_000)
    expect(await visitor.at('go-on').count()).toBe(1)
  })

  it('the pictures of the start screen go on by themselves until they are stopped, and never for who wants no motion', async () => {
    const picture = () => visitor.page.locator('.attract-picture').getAttribute('src')
    const seenIn = async (ms: number) => {
      const seen = new Set<string | null>()
      for (let passed = 0; passed < ms; passed += 3_000) {
        seen.add(await picture())
        await visitor.page.clock.runFor(3_000)
      }
      return seen.size
    }
    expect(await seenIn(24_000)).toBeGreaterThan(1)
    await visitor.touch('motion')
    expect(await seenIn(24_000)).toBe(1)
    expect(await visitor.at('begin').count()).toBe(1)
    await visitor.page.emulateMedia({ reducedMotion: 'reduce' })
    await visitor.page.reload()
    await visitor.page.locator('.attract-picture').waitFor()
    expect(await seenIn(24_000)).toBe(1)
  })

  it('can be used with five keys alone', async () => {
    const { keyboard } = visitor.page
    const focused = () => visitor.page.evaluate(() => document.activeElement?.getAttribute('data-name') ?? '')
    const walkTo = async (wanted: (name: string) => boolean, ...keys: string[]) => {
      for (const key of keys) {
        if (wanted(await focused())) break
        await keyboard.press(key)
      }
      expect(wanted(await focused()), await focused()).toBe(true)
      await visitor.page.clock.runFor(600)
      await keyboard.press('Enter')
    }
    const down = (times: number) => Array.from({ length: times }, () => 'ArrowDown')
    await walkTo((name) => name === 'begin', ...down(2))
    await visitor.at('menu-tourism').waitFor()
    await walkTo((name) => name === 'menu-tourism', ...down(2))
    await visitor.at('entry-sights').waitFor()
    await walkTo((name) => name === 'entry-sights', ...down(2))
    await visitor.at('category-all').waitFor()
    await walkTo((name) => name.startsWith('sight-'), ...down(3))
    await visitor.page.locator('.facts').waitFor()
    await walkTo((name) => name === 'end', ...down(8), ...Array.from({ length: 7 }, () => 'ArrowRight'))
    await visitor.at('begin').waitFor()
    expect(kiosk.accesses()).toBe(1)
  })
})
