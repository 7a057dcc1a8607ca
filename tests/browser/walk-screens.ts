import { patientFacility, type Visitor } from './screen-bench.ts'

export type Mode = {
  language: 'ja' | 'en'
  contrast: 'standard' | 'high'
  text: 'standard' | 'large' | 'largest'
  low: boolean
}
export const plainMode: Mode = { language: 'ja', contrast: 'standard', text: 'standard', low: false }

/** Every kind of screen a visitor can stand before, in one mode; `look` is called on each when it is drawn. For a kiosk with the patient facility. */
export async function walkScreens(
  visitor: Visitor,
  mode: Mode,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const { page, at, touch } = visitor
  const on = async (screen: string, selector: string) => {
    await page.locator(selector).first().waitFor()
    // Pictures are decoded beside the drawing.
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())))
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
  const aid = mode.text !== 'standard' || mode.contrast !== 'standard' || mode.low
  await page.clock.fastForward(patientFacility.idle.warnAfterMs * (aid ? 2 : 1))
  await on('warning', '[data-name="go-on"]')
  await at('warning-end').tap()
  await at('begin').waitFor()
}
