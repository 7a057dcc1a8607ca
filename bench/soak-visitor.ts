import type { Page } from 'playwright-core'
import { pause } from './web-visitor.ts'

/** Longer than a new screen gives a finger to leave. */
const apartMs = 270
const mostTries = 30
/** One way among many; left to chance alone hardly anybody would go it. */
const webShare = 0.4

export type Random = () => number

/** The same touches again for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One visitor: begins, touches at random what can be touched, and ends. @returns the names of what was touched */
export async function visit(page: Page, random: Random, touches: number, half: () => Promise<void>): Promise<string[]> {
  const touched: string[] = []
  const touch = async (choose: (names: Place[]) => Place | undefined) => {
    const place = choose(await page.evaluate(touchable))
    if (!place) return
    touched.push(place.name)
    const spread = () => 0.2 + 0.6 * random()
    await page.touchscreen.tap(place.x + place.width * spread(), place.y + place.height * spread())
    await pause(apartMs)
  }
  const named = (name: string) => (places: Place[]) => places.find((place) => place.name === name)
  await untilThere(page, () => touch(named('begin')), '[data-name="end"]')
  for (let done = 0; done < touches; done += 1) {
    await touch((places) => {
      const toTheWeb = places.find(({ name }) => name === 'menu-internet' || name === 'tile-town')
      if (toTheWeb && random() < webShare) return toTheWeb
      const others = places.filter(({ name }) => name !== 'end')
      return others[Math.floor(random() * others.length)]
    })
    if (done === touches >> 1) await half()
  }
  await untilThere(
    page,
    () => touch((places) => named('end')(places) ?? places[Math.floor(random() * places.length)]),
    '[data-name="begin"]',
  )
  return touched
}

async function untilThere(page: Page, act: () => Promise<void>, selector: string): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    if ((await page.locator(selector).count()) > 0) return
    await act()
  }
  throw new Error(`${selector} did not come in ${mostTries} touches`)
}

type Place = { name: string; x: number; y: number; width: number; height: number }

/** Runs in the page: what a finger can reach now. The corners for the staff have no name and are not among it. */
function touchable(): Place[] {
  return [...document.querySelectorAll<HTMLElement>('[data-name]')].flatMap((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    const name = element.dataset.name ?? ''
    const on = x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight && width > 8
    const canTouch = name === 'guarded' || element.matches('button:not([disabled]):not([aria-disabled="true"])')
    if (!on || !canTouch || /service|corner/.test(name)) return []
    const over = document.elementFromPoint(x + width / 2, y + height / 2)
    return over !== null && element.contains(over) ? [{ name, x, y, width, height }] : []
  })
}

declare global {
  interface Window {
    /** Milliseconds from a finger's release to the end of the next frame, since somebody last took them. */
    frameMs: number[]
  }
}

export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.frameMs = []
    window.addEventListener(
      'pointerup',
      ({ timeStamp }) =>
        requestAnimationFrame(() => setTimeout(() => window.frameMs.push(performance.now() - timeStamp))),
      { capture: true },
    )
  })
}
export const takeFrames = (page: Page): Promise<number[]> => page.evaluate(() => window.frameMs.splice(0))

/** Spread of the brightness of a picture of the screen: of one colour it is 0. */
export function spreadOf(judge: Page, picture: Buffer): Promise<number> {
  return judge.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const canvas = new OffscreenCanvas(bitmap.width >> 2, bitmap.height >> 2)
    const pen = canvas.getContext('2d')
    if (!pen) return 0
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
    let sum = 0
    let squares = 0
    for (let at = 0; at < data.length; at += 4) {
      const value = data[at + 1] ?? 0
      sum += value
      squares += value * value
    }
    const count = data.length / 4
    return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
  }, picture.toString('base64'))
}
