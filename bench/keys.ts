// From the finger on a key to the results of 図書検索 (PERFORMANCE.md 1), beside the least that the same browser can do in the same run.
import { chromium } from 'playwright-core'
import type { Bench } from './run.ts'
import { percentile } from './touch-frames.ts'
import { buttonPage, emptyPage, type KeyTimes, measureKeystrokes, measureLimit } from './touch-keys.ts'
import { onPage, withKiosk } from './touch-kiosk.ts'

const targetMs = 50

export const run: Bench = (emit) =>
  withKiosk(async ({ url, executablePath }) => {
    const browser = await chromium.launch({ executablePath })
    for (const throttle of [1, 6]) {
      const limitOn = (html: string) => onPage(browser, throttle, (page) => page.setContent(html), measureLimit)
      const empty = await limitOn(emptyPage)
      const keys = await onPage(browser, throttle, (page) => page.goto(url), measureKeystrokes)
      const button = await limitOn(buttonPage)
      const figure = (name: string, { paintedMs, presentedMs }: KeyTimes, more: Record<string, unknown> = {}) =>
        emit({
          name,
          throttle,
          value: percentile(paintedMs, 0.99),
          unit: 'ms p99',
          p50: percentile(paintedMs, 0.5),
          presentedP50: percentile(presentedMs, 0.5),
          presentedP99: percentile(presentedMs, 0.99),
          presses: paintedMs.length,
          ...more,
        })
      figure('a touch to the next frame of an empty page', empty)
      figure('a touch to a page with one button that changes its number', button)
      const p99 = percentile(keys.paintedMs, 0.99)
      figure('keystroke to painted results, 図書検索', keys, {
        ratioTo: `the page with one button: ${percentile(button.paintedMs, 0.99)} ms`,
        ratioP50: Number((percentile(keys.paintedMs, 0.5) / percentile(button.paintedMs, 0.5)).toFixed(2)),
        target: targetMs,
        met: p99 <= targetMs,
      })
    }
    await browser.close()
  })
