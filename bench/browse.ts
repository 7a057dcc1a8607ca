// 体験インターネット under Chromium as a visitor sees it: a page after the touch, frames while it scrolls, the answer to a finger (PERFORMANCE.md 2).
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { buildRelease0 } from '../build/release0.ts'
import { buildVisitorScreen } from '../build/screens.ts'
import { installedBrowser } from '../electron/chromium/installed-browser.ts'
import { answerLimit, openLimit, scrollLimit } from './browse-limits.ts'
import type { Bench } from './run.ts'
import { percentile } from './touch-frames.ts'
import { linkAt } from './web-pages.ts'
import {
  canvasBox,
  drag,
  openVisitor,
  pause,
  type Stage,
  stages,
  startWebKiosk,
  type Visitor,
  type WebKiosk,
  warmIsReady,
} from './web-visitor.ts'

const root = join(import.meta.dirname, '..')
const opens = 12
const coldOpens = 5
const scrolls = 3
const touches = 40

/** Names after `browse` measure only those parts: open, scroll, answer. */
export const run: Bench = async (emit, args) => {
  const executablePath = installedBrowser(process.env)
  if (executablePath === null) throw new Error('bench browse needs a Chromium (CHROMIUM_PATH)')
  await buildVisitorScreen(console.error)
  await buildRelease0(console.error)
  const asked = args.filter((arg) => !arg.startsWith('-'))
  const wanted = (part: string) => asked.length === 0 || asked.includes(part)
  const browser = await chromium.launch({ executablePath })
  const load = () => Number((loadavg()[0] ?? 0).toFixed(1))
  try {
    if (wanted('open'))
      await withVisitor(browser, 'portrait', async (visitor, kiosk) => {
        const limitMs = await openLimit(browser, stages.portrait)
        for (const cold of [false, true]) {
          const tookMs = await openings(visitor, kiosk, cold)
          const p50 = percentile(tookMs, 0.5)
          emit({
            name: cold ? 'touch on a tile to the page, no browser kept warm' : 'touch on a tile to the page',
            value: p50,
            unit: 'ms p50',
            p95: percentile(tookMs, 0.95),
            opens: tookMs.length,
            ratioTo: `the same page in a new tab of a running browser: ${limitMs} ms`,
            load: load(),
            ...(cold ? {} : { target: 1_500, met: percentile(tookMs, 0.95) <= 1_500 }),
          })
        }
      })
    for (const stage of ['portrait', 'landscape'] as const)
      await withVisitor(browser, stage, async (visitor) => {
        await visitor.touch('tile-town')
        await visitor.titled('芽室町')
        if (wanted('scroll')) {
          await visitor.touchPage(100, linkAt.long)
          await visitor.titled('長いページ')
          const { width, height } = await canvasBox(visitor.page)
          const seen: number[] = []
          const bare: number[] = []
          const longest: number[] = []
          for (let round = 0; round < scrolls; round += 1) {
            const { perSecond, longestMs } = await scrolling(visitor)
            seen.push(perSecond)
            longest.push(longestMs)
            bare.push(await scrollLimit(executablePath, { width, height }))
          }
          const value = percentile(seen, 0.5)
          const limit = percentile(bare, 0.5)
          emit({
            name: `scrolling at ${width} × ${height}, ${stage}`,
            value,
            unit: 'frames/s p50',
            rounds: seen,
            longestMs: Math.max(...longest),
            ratioTo: `pictures of the same page taken and thrown away: ${limit} frames/s`,
            ratio: Number((value / limit).toFixed(2)),
            load: load(),
            target: 30,
            met: value >= 30,
          })
          await visitor.touch('web-back')
          await visitor.titled('芽室町')
        }
        if (!wanted('answer')) return
        await visitor.touchPage(100, linkAt.colour)
        await visitor.titled('色のページ')
        const tookMs = await answers(visitor)
        const p95 = percentile(tookMs, 0.95)
        emit({
          name: `finger to the changed picture, ${stage}`,
          value: percentile(tookMs, 0.5),
          unit: 'ms p50',
          p95,
          touches: tookMs.length,
          ratioTo: `the same page without a picture between: ${await answerLimit(browser, stages[stage])} ms p50`,
          load: load(),
          target: 100,
          met: p95 <= 100,
        })
      })
  } finally {
    await browser.close()
  }
}

async function withVisitor(
  browser: Browser,
  stage: Stage,
  work: (visitor: Visitor, kiosk: WebKiosk) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-browse-'))
  const kiosk = await startWebKiosk(root, stage, folder)
  try {
    const visitor = await openVisitor(browser, kiosk, stage)
    await warmIsReady(kiosk)
    await visitor.toStartPage()
    await work(visitor, kiosk)
    await visitor.close()
    if (visitor.errors.length > 0) throw new Error(`the page reported: ${visitor.errors.join(' | ')}`)
  } finally {
    await kiosk.child.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

async function openings(visitor: Visitor, kiosk: WebKiosk, cold: boolean): Promise<number[]> {
  const tookMs: number[] = []
  for (let round = 0; round < (cold ? coldOpens : opens); round += 1) {
    const warm = await warmIsReady(kiosk)
    const timing = await visitor.page.evaluateHandle(() => ({ timed: window.eyes.timed('pointerup', 'heading') }))
    if (cold) process.kill(-warm, 'SIGKILL')
    await visitor.touch('tile-town')
    tookMs.push(come(await timing.evaluate(({ timed }) => timed)))
    await timing.dispose()
    await visitor.end()
    await visitor.toStartPage()
  }
  return tookMs
}

/** A finger that draws the page up and down for some seconds. */
async function scrolling({ page, cdp }: Visitor): Promise<{ perSecond: number; longestMs: number }> {
  const box = await canvasBox(page)
  await pause(1_000)
  const forMs = 4_000
  const counting = await page.evaluateHandle((ms) => ({ counted: window.eyes.count(ms) }), forMs)
  const began = performance.now()
  while (performance.now() - began < forMs) await drag(cdp, box)
  const { frames, longestMs } = await counting.evaluate(({ counted }) => counted)
  await counting.dispose()
  return { perSecond: Math.round(frames / (forMs / 1_000)), longestMs: Math.round(longestMs) }
}

async function answers(visitor: Visitor): Promise<number[]> {
  const tookMs: number[] = []
  for (let round = 0; round < touches; round += 1) {
    await pause(250)
    const timing = await visitor.page.evaluateHandle(() => ({ timed: window.eyes.timed('pointerdown', 'changed') }))
    await visitor.touchPage(200, 200)
    tookMs.push(come(await timing.evaluate(({ timed }) => timed)))
    await timing.dispose()
  }
  return tookMs
}

function come(ms: number | null): number {
  if (ms === null) throw new Error('the page did not come on the canvas')
  return ms
}
