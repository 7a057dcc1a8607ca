import type { PlayedWeb } from './played-web.ts'
import { patientFacility, type Visitor } from './screen-bench.ts'

export type Mode = {
  language: 'ja' | 'en' | 'vi'
  contrast: 'standard' | 'high'
  text: 'standard' | 'large' | 'largest'
  low: boolean
}
export const plainMode: Mode = { language: 'ja', contrast: 'standard', text: 'standard', low: false }

/** Every kind of screen a visitor can stand before, in one mode; `look` is called on each when it is drawn. For a kiosk with the patient facility and this web. */
export async function walkScreens(
  visitor: Visitor,
  web: PlayedWeb,
  mode: Mode,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const { page, at, touch } = visitor
  const on = async (screen: string, selector: string) => {
    await page.locator(selector).first().waitFor()
    // Pictures are decoded beside the drawing; one that has left meanwhile is no matter.
    const broken = await page.evaluate(async () => {
      const all = [...document.images]
      const decoded = await Promise.allSettled(all.map((image) => image.decode()))
      return all.filter(
        (image, at) => decoded[at]?.status === 'rejected' && image.isConnected && image.naturalWidth === 0,
      ).length
    })
    // A key that was touched is still on its way up, nearer to the one below it.
    await page.evaluate(() =>
      Promise.allSettled(
        document.getAnimations().flatMap((one) => (one instanceof CSSTransition ? [one.finished] : [])),
      ),
    )
    if (broken > 0) throw new Error(`${screen}: ${broken} pictures cannot be shown`)
    await look(screen)
  }
  const card = async (selector: string) => {
    await page.clock.runFor(600)
    await page.locator(selector).first().tap()
  }
  const choose = async (sheet: string, choice: string) => {
    await touch(sheet)
    await touch(`choice-${choice}`)
  }

  async function walkLibrary(): Promise<void> {
    await touch('menu-library')
    await on('library', '[data-name="way-genres"]')
    if (mode.language === 'ja') {
      await touch('library-children')
      await on('library-children', '[data-name="library-children"][aria-pressed="true"]')
      await touch('library-children')
    }
    // Where little fits, the keyboard comes with a touch of the field.
    const beside = (await at('keyboard').count()) > 0
    if (!beside) {
      await touch('library-text')
      await on('library-typing', '[data-name="to-ways"]')
    }
    const key = mode.language === 'ja' ? 'の' : 'o'
    await touch(`key-${key}`)
    await on('library-typed', '.library-card')
    for (const _ of 'tuvwx') await touch(`key-${key}`)
    await on('library-nothing', '.library-nothing')
    await touch('library-clear')
    if (!beside) await touch('to-ways')
    await touch('way-genres')
    await on('library-genres', '.library-genre')
    await card('.library-genre')
    await on('library-genre', '[data-name="genre-whole"]')
    await touch('back')
    await touch('back')
    await touch('way-ages')
    await on('library-ages', '.library-genre')
    await touch('back')
    await touch('way-popular')
    await on('library-results', '.library-card')
    await touch('narrow-kind')
    await on('library-narrow', '[data-name="choice-any"]')
    await touch('back')
    await card('.library-card')
    await on('library-title', '.facts')
    await touch('slip')
    await on('library-slip', 'svg.qr')
    await touch('take-close')
    if ((await page.locator('[data-name="see-place"]').count()) > 0) {
      await touch('see-place')
      await on('library-place', '.library-plan-mark')
      await touch('back')
    }
    await touch('home')
  }

  async function walkInternet(): Promise<void> {
    await touch('menu-internet')
    await on('internet', '[data-name="tile-town"]')
    await touch('tile-town')
    await on('internet-page', '[data-name="web-start"]')
    web.typing('text')
    await on('internet-typing', '[data-name="key-enter"]')
    web.typing('no')
    web.tell().refused('download', false)
    await on('internet-passing', '.browse-passing')
    web.tell().question({ kind: 'confirm', text: '入力した内容を送信します。よろしいですか？' })
    await on('internet-question', '[data-name="question-no"]')
    const label = (at: number) => ['住所の変更', '税金・保険料のお支払い', '子育て・教育の相談'][at % 3] ?? ''
    const choices = Array.from({ length: 12 }, (_, at) => ({ label: label(at), chosen: at === 1, disabled: at === 4 }))
    web.tell().question({ kind: 'choose', choices })
    await on('internet-choose', '[data-name="choose-none"]')
    web.tell().question(null)
    web.tell().problem({ kind: 'refused', reason: 'not-listed' })
    await on('internet-refused', '[data-name="problem-refused"]')
    web.tell().problem({ kind: 'line-cut' })
    await on('internet-cut', '[data-name="problem-line-cut"]')
    web.tell().failed('played')
    await on('internet-failed', '.browse-panel .action')
    await touch('home')
  }

  await on('attract', '[data-name="begin"]')
  await visitor.begin()
  if (mode.language !== 'ja') await choose('language', mode.language)
  if (mode.text !== 'standard') await choose('text', mode.text)
  if (mode.contrast !== 'standard') await choose('contrast', mode.contrast)
  if (mode.low) await touch('low')
  await on('home', '[data-name="menu-tourism"]')
  for (const sheet of ['language', 'text', 'contrast']) {
    await touch(sheet)
    await on(`choose-${sheet}`, '.sheet')
    await touch('back')
  }
  await touch('menu-tourism')
  await on('entry', '[data-name="entry-sights"]')
  await touch('entry-sights')
  await on('sights', '.sight-card')
  await card('.sight-card')
  await on('sight', '.facts')
  await touch('take-home')
  await on('take-home', 'svg.qr')
  await touch('take-close')
  await touch('back')
  await touch('back')
  await touch('entry-events')
  await on('events', '.event-card')
  await card('.event-card')
  await on('event', '.facts')
  await touch('home')
  if ((await at('menu-library').count()) > 0) await walkLibrary()
  await walkInternet()
  const aid = mode.text !== 'standard' || mode.contrast !== 'standard' || mode.low
  await page.clock.fastForward(patientFacility.idle.warnAfterMs * (aid ? 2 : 1))
  await on('warning', '[data-name="go-on"]')
  await at('warning-end').tap()
  await at('begin').waitFor()
}
