// What a finger waits for: frames after a touch, the start of the screen, its size, its memory after many visitors (PERFORMANCE.md 2).
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { startChild } from '../build/child.ts'
import { readyUrl } from '../build/host-scripts.ts'
import { buildRelease0, release0Dir } from '../build/release0.ts'
import { buildVisitorScreen, rendererDir } from '../build/screens.ts'
import { installedBrowser } from '../electron/chromium/installed-browser.ts'
import type { Bench } from './run.ts'
import { limitPage, measureTouches, percentile } from './touch-frames.ts'
import { measureKeystrokes } from './touch-keys.ts'
import { measureMemory } from './touch-memory.ts'

const root = join(import.meta.dirname, '..')
const viewport = { width: 1080, height: 1920 }
const starts = 5

export const run: Bench = async (emit, args) => {
  const executablePath = installedBrowser(process.env)
  if (executablePath === null) throw new Error('bench touch needs a Chromium (CHROMIUM_PATH)')
  await buildVisitorScreen(console.error)
  await buildRelease0(console.error)
  const scratch = mkdtempSync(join(tmpdir(), 'bench-touch-'))
  const kiosk = startChild(
    join(root, 'electron/chromium/kiosk-process.ts'),
    [
      ...['--config', join(root, 'kiosk-config/chuo-kominkan.json'), '--data', join(scratch, 'kiosk')],
      ...['--release0', release0Dir, '--screen', rendererDir, '--host', 'headless'],
    ],
    { cwd: root, name: 'kiosk', quiet: true },
  )
  try {
    const url = await kiosk.line(readyUrl)
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
        (page) => page.goto(url).then(() => undefined),
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
      const keysMs = await onPage(browser, throttle, (page) => page.goto(url).then(() => undefined), measureKeystrokes)
      const keysP99 = percentile(keysMs, 0.99)
      emit({
        name: 'keystroke to painted results, 図書検索',
        throttle,
        value: keysP99,
        unit: 'ms p99',
        p50: percentile(keysMs, 0.5),
        keystrokes: keysMs.length,
        ratioTo: `a page with one button: ${percentile(limit.limit?.frameMs ?? [], 0.99)} ms`,
        target: 50,
        met: keysP99 <= 50,
      })
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
      (page) => page.goto(url).then(() => undefined),
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
  } finally {
    await kiosk.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function onPage<T>(
  browser: Browser,
  throttle: number,
  open: (page: Page) => Promise<void>,
  measure: (page: Page, cdp: CDPSession) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport, hasTouch: true })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await open(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  const result = await measure(page, cdp)
  await context.close()
  return result
}

/** All scripts that the page asks for by itself. */
function firstScriptBytes(): number {
  const html = readFileSync(join(rendererDir, 'index.html'), 'utf8')
  const asked = readdirSync(join(rendererDir, 'assets')).filter((name) => name.endsWith('.js') && html.includes(name))
  return asked.reduce((sum, name) => sum + gzipSync(readFileSync(join(rendererDir, 'assets', name))).length, 0)
}
