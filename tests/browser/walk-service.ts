import type { Visitor } from './screen-bench.ts'

export const servicePin = '582914'

/** Held in the upper left corner for so long, then touched in the lower right one. */
export async function touchCorners({ page }: Pick<Visitor, 'page'>, heldMs = 5_100): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const finger = await page.context().newCDPSession(page)
  const down = (x: number, y: number) =>
    finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
  const up = () => finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await down(30, 30)
  await page.clock.runFor(heldMs)
  await up()
  await down(width - 30, height - 30)
  await up()
  await finger.detach()
}

export async function typePin({ at, page }: Pick<Visitor, 'at' | 'page'>, pin: string): Promise<void> {
  for (const [before, digit] of [...pin].entries()) {
    // A browser that is too busy takes a touch back; staff see the missing dot.
    const dots = async () => (await page.locator('.pin-dots [aria-hidden]').textContent())?.length ?? 0
    do await at(`pin-${digit}`).tap()
    while ((await dots()) <= before)
  }
  await at('pin-open').tap()
}

/** From the first screen to the opened service screen. */
export async function openService(visitor: Visitor): Promise<void> {
  await touchCorners(visitor)
  await visitor.at('pin-open').waitFor()
  await typePin(visitor, servicePin)
  await visitor.page.locator('.service-facts').waitFor()
}

/** The pad before the PIN is right. */
export async function walkPad(visitor: Visitor, look: (screen: string) => Promise<void>): Promise<void> {
  const { at, page } = visitor
  await touchCorners(visitor)
  await at('pin-open').waitFor()
  await look('pin')
  await typePin(visitor, '582915')
  await page.locator('.pin-wait').waitFor()
  await look('pin-wrong')
  await page.clock.runFor(3_000)
  await page.locator('.pin-wait').waitFor({ state: 'detached' })
}

/** The sections behind the PIN, from the opened service screen back to the first screen. */
export async function walkSections(visitor: Visitor, look: (screen: string) => Promise<void>): Promise<void> {
  const { at, page } = visitor
  await look('status')
  await at('service-errors').tap()
  await page.locator('.report').first().waitFor()
  await look('errors')
  await at('service-pixels').tap()
  await look('pixels')
  await at('pixels-begin').tap()
  for (let pattern = await at('pixels-next').getAttribute('class'); pattern; ) {
    await look(pattern.replace(/.*pixels pixels-(\w+).*/, 'pixels-$1'))
    await at('pixels-next').tap()
    pattern = (await at('pixels-next').count()) === 0 ? null : await at('pixels-next').getAttribute('class')
  }
  await at('service-touch').tap()
  await look('touch')
  await at('touch-begin').tap()
  await page.touchscreen.tap(100, 100)
  await look('touch-field')
  await at('touch-end').tap()
  await at('service-enrol').tap()
  await look('enrol')
  await at('service-power').tap()
  await look('power')
  await at('leave').tap()
  await look('power-sure')
  await at('power-cancel').tap()
  await at('service-lock').tap()
  await at('begin').waitFor()
}
