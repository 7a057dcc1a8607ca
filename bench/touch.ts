// What a finger waits for: frames after a touch, the start of the screen, its size, its memory after many visitors (PERFORMANCE.md 2).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { rendererDir } from '../build/screens.ts'
import type { Bench } from './run.ts'
import { limitPage, measureTouches, percentile } from './touch-frames.ts'
import { onPage, viewport, withKiosk } from './touch-kiosk.ts'
import { measureMemory } from './touch-memory.ts'

const starts = 5

export const run: Bench = async (emit, args) => {
  await withKiosk(async ({ url, executablePath, scratch }) => {
    const scriptBytes = firstScriptBytes()
    emit({ name: 'first script, gzipped', value: scriptBytes, unit: 'B', target: 150_000, met: scriptBytes <= 150_000 })

    const launch = { executablePath, viewport, hasTouch: true }
    const browser = await chromium.launch({ executablePath })
    for (const throttle of [1, 6]) {
      const limit = await onPage(
        browser,
        throttle,
        (page) => page.setContent(limitPage),
        (page) => measureTouches(page, 'limit'),
      )
      const ours = await onPage(
        browser,
        throttle,
        (page) => page.goto(url),
        (page) => measureTouches(page, 'kiosk'),
      )
      const target = throttle === 1 ? 33 : 50
      for (const [screen, { frameMs, screenMs, takenBack }] of Object.entries(ours)) {
        const p99 = percentile(frameMs, 0.99)
        emit({
          name: `touch to frame, ${screen}`,
          throttle,
          value: p99,
          unit: 'ms p99',
          p50: percentile(frameMs, 0.5),
          screenP50: percentile(screenMs, 0.5),
          screenP99: percentile(screenMs, 0.99),
          touches: frameMs.length,
          takenBack,
          ratioTo: `a page with one button: ${percentile(limit.limit?.frameMs ?? [], 0.99)} ms`,
          target,
          met: p99 <= target,
        })
      }
    }
    await browser.close()

    const startsMs: number[] = []
    const blankMs: number[] = []
    const profile = join(scratch, 'profile')
    for (let round = 0; round <= starts; round += 1) {
      const blankStart = performance.now()
      const blank = await chromium.launchPersistentContext(join(scratch, 'blank'), launch)
      await blank.pages()[0]?.goto('about:blank')
      const blankTook = performance.now() - blankStart
      await blank.close()
      const started = performance.now()
      const context = await chromium.launchPersistentContext(profile, launch)
      const page = context.pages()[0] ?? (await context.newPage())
      await page.goto(url)
      await page.locator('[data-name="begin"]').tap()
      await page.locator('[data-name="menu-tourism"]').waitFor()
      const took = performance.now() - started
      await context.close()
      // The first one fills the cache.
      if (round === 0) continue
      startsMs.push(took)
      blankMs.push(blankTook)
    }
    const startMs = percentile(startsMs, 0.5)
    emit({
      name: 'browser process to home usable, no line',
      value: startMs,
      unit: 'ms p50',
      worst: Math.max(...startsMs.map(Math.round)),
      ratioTo: `the same browser to an empty page: ${percentile(blankMs, 0.5)} ms`,
      target: 1_500,
      met: startMs <= 1_500,
    })

    const sessions = args.includes('--full') ? 10_000 : 1_000
    const memoryBrowser = await chromium.launch({ executablePath })
    const memory = await onPage(
      memoryBrowser,
      1,
      (page) => page.goto(url),
      (page, cdp) => measureMemory(page, cdp, [100, sessions]),
    )
    await memoryBrowser.close()
    const [few, many] = memory
    if (!few || !many) throw new Error('no memory measured')
    const growth = many.heapBytes / few.heapBytes
    emit({
      name: `heap after ${sessions} visitors`,
      value: many.heapBytes,
      unit: 'B',
      ratioTo: `after 100 visitors: ${few.heapBytes} B`,
      ratio: Number(growth.toFixed(3)),
      domNodes: [few.nodes, many.nodes],
      listeners: [few.listeners, many.listeners],
      target: 1.05,
      met: growth <= 1.05,
    })
  })
}

/** All scripts that the page asks for by itself. */
function firstScriptBytes(): number {
  const html = readFileSync(join(rendererDir, 'index.html'), 'utf8')
  const asked = readdirSync(join(rendererDir, 'assets')).filter((name) => name.endsWith('.js') && html.includes(name))
  return asked.reduce((sum, name) => sum + gzipSync(readFileSync(join(rendererDir, 'assets', name))).length, 0)
}
