import type { Page } from 'playwright-core'

/** Words as a visitor begins them: each key is one keystroke, then the field is cleared. */
const words = ['のは', 'しよう', 'ほん', 'あい', 'かぜ', 'むら', 'ゆき', 'にほん']
const rounds = 6
const apartMs = 320

/** From the finger on a key to the painted frame in which the answer to just this text stands. */
export async function measureKeystrokes(page: Page): Promise<number[]> {
  await page.locator('[data-name="begin"]').tap()
  // The search files are opened after the release came up; only then the menu has its tile.
  const tile = page.locator('[data-name="menu-library"]')
  await tile.waitFor()
  // On a new screen a finger is given a moment to leave.
  await page.waitForTimeout(apartMs)
  await tile.tap()
  await page.locator('[data-name="way-genres"]').waitFor()
  await page.evaluate(installKeyStopwatch)
  const timesMs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const word of words) {
      let text = ''
      for (const letter of word) {
        await page.waitForTimeout(apartMs)
        const key = await page.locator(`[data-name="key-${marks.get(letter) ?? letter}"]`).boundingBox()
        if (!key) throw new Error(`no key ${letter}`)
        text += marks.get(letter) ?? letter
        const timing = await page.evaluateHandle(
          (selector) => ({ timed: window.keyTimed(selector) }),
          `[data-text="${text}"]`,
        )
        await page.touchscreen.tap(key.x + key.width / 2, key.y + key.height / 2)
        const tookMs = await timing.evaluate((stopwatch) => stopwatch.timed)
        await timing.dispose()
        if (tookMs === null) throw new Error(`no answer to ${text}`)
        // The first round compiles what later ones find ready.
        if (round > 0) timesMs.push(tookMs)
      }
      await page.waitForTimeout(700)
      await page.locator('[data-name="library-clear"]').tap()
      await page.locator('[data-name="way-genres"]').waitFor()
    }
  }
  return timesMs
}

/** A voiced kana is two keys; its plain one is as good a keystroke. */
const marks = new Map([['ぜ', 'せ']])

declare global {
  interface Window {
    keyTimed(stands: string): Promise<number | null>
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
      changes.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-text'] })
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
  window.keyTimed = (stands) =>
    new Promise((done) => {
      window.addEventListener(
        'pointerdown',
        async ({ timeStamp }) => {
          done((await answered(stands)) ? (await painted()) - timeStamp : null)
        },
        { capture: true, once: true },
      )
    })
}
