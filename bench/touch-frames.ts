import type { Page } from 'playwright-core'

export type TouchTimes = {
  /** Release of the finger to the next painted frame. */
  frameMs: number[]
  /** Release of the finger to the frame in which the new screen stands; where a menu opens, its access is on the disk by then. */
  screenMs: number[]
  /** Touches that the browser itself took back because the page was too busy to answer it in time; touched again. */
  takenBack: number
}

/** The least a browser can do on this machine: one button, one letter changed. */
export const limitPage = `<!doctype html><button data-name="limit" style="width:600px;height:400px" onclick="this.textContent = Number(this.textContent) + 1">0</button>`

type Step = { screen: string; tap: string; stands: string }
const rounds = 9
/** Longer than any two strikes that would count as one. */
const apartMs = 620

const journey: Step[] = [
  { screen: 'attract → home', tap: '[data-name="begin"]', stands: '[data-name="menu-tourism"]' },
  { screen: 'home → menu', tap: '[data-name="menu-tourism"]', stands: '[data-name="entry-sights"]' },
  { screen: 'menu → sights', tap: '[data-name="entry-sights"]', stands: '[data-name="category-all"]' },
  {
    screen: 'sights → category',
    tap: '[data-name="category-nature"]',
    stands: '[data-name="category-nature"][aria-pressed="true"]',
  },
  { screen: 'sights → sight', tap: '.sight-card', stands: '.facts' },
  { screen: 'sight → take home', tap: '[data-name="take-home"]', stands: 'svg.qr' },
  { screen: 'take home → sight', tap: '[data-name="take-close"]', stands: '.facts' },
  { screen: 'sight → home', tap: '[data-name="home"]', stands: '[data-name="menu-tourism"]' },
  { screen: 'home → events', tap: '[data-name="home-events"]', stands: '[data-name="filter-month"]' },
  {
    screen: 'events → this month',
    tap: '[data-name="filter-month"]',
    stands: '[data-name="filter-month"][aria-pressed="true"]',
  },
  { screen: 'events → event', tap: '.event-card', stands: '.facts' },
  { screen: 'event → languages', tap: '[data-name="language"]', stands: '[data-name="choice-en"]' },
  { screen: 'languages → event in English', tap: '[data-name="choice-en"]', stands: 'html[lang="en"] .facts' },
  { screen: 'event → text sizes', tap: '[data-name="text"]', stands: '[data-name="choice-largest"]' },
  {
    screen: 'text sizes → twice the size',
    tap: '[data-name="choice-largest"]',
    stands: 'html[data-text="largest"] .facts',
  },
  { screen: 'event → end', tap: '[data-name="end"]', stands: '[data-name="begin"]' },
]
const limitJourney: Step[] = Array.from({ length: 4 }, () => ({
  screen: 'limit',
  tap: '[data-name="limit"]',
  stands: '[data-name="limit"]',
}))

export async function measureTouches(page: Page, which: 'kiosk' | 'limit'): Promise<Record<string, TouchTimes>> {
  const steps = which === 'kiosk' ? journey : limitJourney
  await page.evaluate(installStopwatch)
  const times: Record<string, TouchTimes> = {}
  for (let round = 0; round < rounds; round += 1) {
    for (const { screen, tap, stands } of steps) {
      const { frameMs, screenMs, takenBack } = await touch(page, tap, stands)
      if (screenMs === null) throw new Error(`${screen}: ${stands} did not come`)
      // The first round compiles and decodes what later ones find ready; it is a start, not a touch.
      if (round === 0) continue
      times[screen] ??= { frameMs: [], screenMs: [], takenBack: 0 }
      times[screen].takenBack += takenBack
      times[screen].frameMs.push(frameMs)
      times[screen].screenMs.push(screenMs)
    }
  }
  return times
}

async function touch(page: Page, tap: string, stands: string) {
  for (let takenBack = 0; takenBack < 5; takenBack += 1) {
    await page.waitForTimeout(apartMs)
    // A visitor reads before touching again; the work of the screen before is over by then.
    await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)))
    const box = await page.locator(tap).first().boundingBox()
    if (!box) throw new Error(`${tap} is not there`)
    // The stopwatch is in place before the finger: a busy page takes input before it takes a script.
    const timing = await page.evaluateHandle((selector) => ({ timed: window.touchTimed(selector) }), stands)
    await page.touchscreen.tap(box.x + box.width / 2, box.y + Math.min(box.height / 2, 60))
    const timed = await timing.evaluate((stopwatch) => stopwatch.timed)
    await timing.dispose()
    if (timed !== 'taken-back') return { ...timed, takenBack }
  }
  throw new Error(`${tap}: the browser took five touches back`)
}

declare global {
  interface Window {
    /** `screenMs` null: it did not come within seconds. */
    touchTimed(stands: string): Promise<{ frameMs: number; screenMs: number | null } | 'taken-back'>
  }
}

/** Runs in the page: from the time stamp of the released finger to the end of the frames after it. */
function installStopwatch(): void {
  const painted = () =>
    new Promise<number>((done) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => done(performance.now())
        channel.port2.postMessage(0)
      }),
    )
  window.touchTimed = (stands) =>
    new Promise((done) => {
      const once = new AbortController()
      const listen = (type: 'pointerup' | 'pointercancel', then: (event: PointerEvent) => void) =>
        window.addEventListener(
          type,
          (event) => {
            once.abort()
            then(event)
          },
          { capture: true, signal: once.signal },
        )
      listen('pointercancel', () => done('taken-back'))
      listen('pointerup', async (event) => {
        const released = event.timeStamp
        const frameMs = (await painted()) - released
        let screenMs = frameMs
        while (!document.querySelector(stands) && screenMs < 10_000) screenMs = (await painted()) - released
        done({ frameMs, screenMs: document.querySelector(stands) ? screenMs : null })
      })
    })
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return Math.round(value * 10) / 10
}
