import type { Page } from 'playwright-core'

export type KeyTimes = {
  /** From the finger on the key to the end of the page's own work on the frame that has the answer to this text: style, layout, paint. */
  paintedMs: number[]
  /** The same to the moment at which the browser says that this frame is on the screen; in steps of 4 ms. */
  presentedMs: number[]
}

/** Words as a visitor begins them: each key is one keystroke, then the field is cleared. */
const words = ['のは', 'しよう', 'ほん', 'あい', 'かせ', 'むら', 'ゆき', 'にほん']
const rounds = 7
const apartMs = 320
const limitKeys = 110

/** The least that a browser can do: a frame in which nothing changed, and one in which a single button says something else. */
export const emptyPage = '<!doctype html><body data-name="limit" style="height:100vh;margin:0">'
export const buttonPage = `<!doctype html><button data-name="limit" style="width:600px;height:400px"
  onpointerdown="this.textContent = this.dataset.text = Number(this.textContent) + 1">0</button>`

export async function measureLimit(page: Page): Promise<KeyTimes> {
  await page.evaluate(installKeyStopwatch)
  const times: KeyTimes = { paintedMs: [], presentedMs: [] }
  const isButton = (await page.locator('button').count()) > 0
  for (let key = 1; key <= limitKeys; key += 1) {
    const took = await press(page, 'limit', isButton ? `[data-text="${key}"]` : 'body')
    // The first few compile what later ones find ready.
    if (key > 5) take(times, took)
  }
  return times
}

export async function measureKeystrokes(page: Page): Promise<KeyTimes> {
  await page.locator('[data-name="begin"]').tap()
  // The search files are opened after the release came up; only then the menu has its tile.
  const tile = page.locator('[data-name="menu-library"]')
  await tile.waitFor()
  // On a new screen a finger is given a moment to leave.
  await page.waitForTimeout(apartMs)
  await tile.tap()
  await page.locator('[data-name="way-genres"]').waitFor()
  await page.evaluate(installKeyStopwatch)
  const times: KeyTimes = { paintedMs: [], presentedMs: [] }
  for (let round = 0; round < rounds; round += 1) {
    for (const word of words) {
      let text = ''
      for (const letter of word) {
        text += letter
        // A hidden list may still stand with an answer of before.
        const took = await press(page, `key-${letter}`, `[data-off="false"] [data-text="${text}"]`)
        if (round > 0) take(times, took)
      }
      await page.waitForTimeout(700)
      await page.locator('[data-name="library-clear"]').tap()
      await page.locator('[data-name="way-genres"]').waitFor()
    }
  }
  return times
}

function take(times: KeyTimes, { paintedMs, presentedMs }: Took): void {
  times.paintedMs.push(paintedMs)
  times.presentedMs.push(presentedMs)
}

type Took = { paintedMs: number; presentedMs: number }

async function press(page: Page, name: string, stands: string): Promise<Took> {
  await page.waitForTimeout(apartMs)
  const key = await page.locator(`[data-name="${name}"]`).boundingBox()
  if (!key) throw new Error(`no key ${name}`)
  const timing = await page.evaluateHandle((selector) => ({ timed: window.keyTimed(selector) }), stands)
  await page.touchscreen.tap(key.x + key.width / 2, key.y + Math.min(key.height / 2, 200))
  const took = await timing.evaluate((stopwatch) => stopwatch.timed)
  await timing.dispose()
  if (took === null) throw new Error(`${name}: ${stands} did not come`)
  return took
}

declare global {
  interface Window {
    keyTimed(stands: string): Promise<Took | null>
  }
}

/** Runs in the page. A key acts on its way down. Nobody asks for frames meanwhile: a visitor's screen draws only what changed. */
function installKeyStopwatch(): void {
  const answered = (stands: string) =>
    new Promise<boolean>((done) => {
      const look = () => {
        if (!document.querySelector(stands)) return
        end(true)
      }
      const changes = new MutationObserver(look)
      const patience = setTimeout(() => end(false), 10_000)
      const end = (stood: boolean) => {
        clearTimeout(patience)
        changes.disconnect()
        done(stood)
      }
      changes.observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['data-text', 'data-off'],
      })
      look()
    })
  const painted = () =>
    new Promise<number>((done) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => done(performance.now())
        channel.port2.postMessage(0)
      }),
    )
  /** A letter of the stopwatch's own in this very frame: the browser tells when an element that is asked about was first on the screen. */
  const presented = () =>
    new Promise<number>((done) => {
      const letter = document.createElement('span')
      letter.textContent = '・'
      letter.style.cssText = 'position:fixed;left:0;top:0;font:20px sans-serif;contain:strict;width:24px;height:24px'
      letter.setAttribute('elementtiming', 'stopwatch')
      const seen = new PerformanceObserver((list) => {
        const entry = list.getEntries().at(-1)
        if (!entry) return
        seen.disconnect()
        letter.remove()
        done(entry.startTime)
      })
      seen.observe({ type: 'element' })
      document.body.append(letter)
    })
  window.keyTimed = (stands) =>
    new Promise((done) => {
      window.addEventListener(
        'pointerdown',
        async ({ timeStamp }) => {
          if (!(await answered(stands))) return done(null)
          const [paintedAt, presentedAt] = await Promise.all([painted(), presented()])
          done({ paintedMs: paintedAt - timeStamp, presentedMs: presentedAt - timeStamp })
        },
        { capture: true, once: true },
      )
    })
}
