import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, sharedBrowser } from './installed-chromium.ts'
import { type KioskScreen, openVisitor, patientFacility, startKioskScreen, type Visitor } from './screen-bench.ts'
import { startWebTown, type WebTown } from './web-town.ts'

describe.skipIf(chromiumPath === null)('体験インターネット, in the hands of a visitor', () => {
  const browser = sharedBrowser()
  let town: WebTown
  let kiosk: KioskScreen
  let visitor: Visitor

  beforeEach(async () => {
    town = await startWebTown()
    kiosk = await startKioskScreen({ config: patientFacility, web: town })
    visitor = await openVisitor(browser(), kiosk)
    await visitor.page.clock.resume()
    await visitor.begin()
  })
  afterEach(async () => {
    await visitor.close()
    await kiosk.close()
    await town.close()
  })

  /** A moment after the touch before: a finger that strikes twice is one. */
  const open = (name: string) => visitor.touch(name)
  /** A place of the page under the finger, in pixels of the page. */
  async function tap(x: number, y: number): Promise<void> {
    const box = await visitor.at('guarded').boundingBox()
    if (!box) throw new Error('there is no page')
    await visitor.page.touchscreen.tap(box.x + x, box.y + y)
  }
  async function toTheTown(): Promise<void> {
    await open('menu-internet')
    await open('tile-town')
    await visitor.at('guarded').waitFor()
    await visitor.see('www.memuro.net')
    await visitor.page.locator('.browse-title', { hasText: '芽室町' }).waitFor()
  }
  const titled = (title: string) => visitor.page.locator('.browse-title', { hasText: title }).waitFor()

  it('a visitor sees a page, follows a link, goes back, and the opening is one access', async () => {
    await toTheTown()
    expect(kiosk.accesses()).toBe(1)
    await expect.poll(() => inked()).toBeGreaterThan(1_000)
    await tap(100, town.linkAt.news)
    await titled('新着のお知らせ')
    await open('web-back')
    await titled('芽室町')
    await open('web-forward')
    await titled('新着のお知らせ')
    expect(kiosk.accesses()).toBe(1)
  })

  it('a page outside is refused in words, and the way back leads to where the visitor was', async () => {
    await toTheTown()
    await tap(100, town.linkAt.outside)
    await visitor.at('problem-refused').waitFor()
    await visitor.see('町が選んだページの外には、出られません。')
    await open('problem-back')
    await visitor.at('problem-refused').waitFor({ state: 'detached' })
    await titled('芽室町')
    expect(town.asked.filter((address) => address.startsWith('elsewhere'))).toEqual([])
  })

  it('kana are typed with their marks, a list is chosen from on our screen, and the form is sent', async () => {
    await toTheTown()
    await tap(100, town.linkAt.form)
    await titled('問い合わせ')
    await tap(100, town.fieldAt.name)
    await visitor.at('keyboard').waitFor()
    for (const key of ['key-か', 'key-voiced', 'key-な']) await open(key)
    await open('key-close')
    await tap(60, town.fieldAt.list)
    await visitor.at('question-choose').waitFor()
    await open('choose-2')
    await visitor.at('question-choose').waitFor({ state: 'detached' })
    await tap(40, town.fieldAt.send)
    await titled('受けつけました')
    const sent = town.asked.find((address) => address.includes('/thanks'))
    expect(decodeURIComponent(sent ?? '')).toContain('q=がな&s=子育て')
  })

  it('with the line cut it says so and offers what works without', async () => {
    await toTheTown()
    town.net.cut(true)
    await open('web-start')
    await open('tile-weather')
    await visitor.at('problem-line-cut').waitFor()
    await open('problem-elsewhere')
    await visitor.at('menu-tourism').waitFor()
  })

  it('the language may be changed over a page, which stays', async () => {
    await toTheTown()
    await tap(100, town.linkAt.news)
    await titled('新着のお知らせ')
    await open('language')
    await open('choice-en')
    await visitor.see('Reload')
    await titled('新着のお知らせ')
  })

  it('the end takes everything: the next visitor begins anew, and back leads nowhere', async () => {
    await toTheTown()
    await tap(100, town.linkAt.news)
    await titled('新着のお知らせ')
    await open('end')
    await visitor.at('begin').waitFor()
    await visitor.begin()
    await toTheTown()
    expect(await visitor.at('web-back').isDisabled()).toBe(true)
    expect(kiosk.accesses()).toBe(2)
  })

  /** Dark pixels of the picture: letters, where an empty page has none. */
  const inked = () =>
    visitor.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-name="guarded"]')
      const pen = canvas?.getContext('2d')
      if (!canvas || !pen) return 0
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
      let dark = 0
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 90) dark += 1
      return dark
    })
})
