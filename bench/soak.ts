// Many visitors with random touches on every screen, the web too: what grows, what slows, what stays behind. --full: 10,000 of them; --seed N the same again; --minutes N at most.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'
import { buildRelease0 } from '../build/release0.ts'
import { buildVisitorScreen } from '../build/screens.ts'
import { installedBrowser } from '../electron/chromium/installed-browser.ts'
import { numberOf } from './bench-arguments.ts'
import { browsersOf, groupsOf, residentBytes } from './processes-of.ts'
import type { Bench } from './run.ts'
import { slopeOf } from './soak-slope.ts'
import { seeded, spreadOf, takeFrames, visit, watchFrames } from './soak-visitor.ts'
import { percentile } from './touch-frames.ts'
import { heapOf, openVisitor, startWebKiosk, type Visitor, type WebKiosk, warmIsReady } from './web-visitor.ts'

const root = join(import.meta.dirname, '..')
/** Of the start per 1,000 visitors: 5 % over 10,000. */
const mostGrowth = 0.005
/** What one colour and its noise do not reach. */
const leastSpread = 4
const mostTouches = 14

type Sample = {
  sessions: number
  kioskRss: number
  kioskHeap: number
  screenHeap: number
  nodes: number
  listeners: number
  guardedBytes: number
  frameP50: number
}

export const run: Bench = async (emit, args) => {
  const executablePath = installedBrowser(process.env)
  if (executablePath === null) throw new Error('bench soak needs a Chromium (CHROMIUM_PATH)')
  const sessions = numberOf(args, '--sessions', args.includes('--full') ? 10_000 : 200)
  const limitMs = numberOf(args, '--minutes', args.includes('--full') ? 24 * 60 : 15) * 60_000
  const seed = numberOf(args, '--seed', Math.floor(Math.random() * 2 ** 31))
  console.error(`soak: ${sessions} visitors, seed ${seed}`)
  const every = Math.max(4, Math.round(sessions / 40))
  const random = seeded(seed)
  await buildVisitorScreen(console.error)
  await buildRelease0(console.error)
  const folder = mkdtempSync(join(tmpdir(), 'bench-soak-'))
  const kiosk = await startWebKiosk(root, 'portrait', folder)
  const browser = await chromium.launch({ executablePath })
  try {
    const visitor = await openVisitor(browser, kiosk, 'portrait')
    const judge = await (await browser.newContext()).newPage()
    await watchFrames(visitor.page)
    const samples: Sample[] = []
    const processes = new Set<number>()
    const folders = new Set<number>()
    const spreads: number[] = []
    const looked = async () => void spreads.push(await spreadOf(judge, await visitor.page.screenshot({ type: 'jpeg' })))
    let touches = 0
    let inTheWeb = 0
    let done = 0
    const began = performance.now()
    while (done < sessions && performance.now() - began < limitMs) {
      const look = done % every === 0 ? looked : () => Promise.resolve()
      const touched = await visit(visitor.page, random, 3 + Math.floor(random() * (mostTouches - 3)), look)
      done += 1
      touches += touched.length
      if (touched.some((name) => name.startsWith('tile-'))) inTheWeb += 1
      if (done % every !== 0) continue
      await looked()
      const warm = await warmIsReady(kiosk)
      const guarded = groupsOf([warm])
      processes.add(browsersOf(kiosk.pid).length)
      folders.add(profilesBeside(warm))
      samples.push({
        ...(await measure(visitor, kiosk, samples.length + 1)),
        sessions: done,
        guardedBytes: guarded.bytes,
      })
      console.error(`${done} visitors, ${touches} touches, ${Math.round((performance.now() - began) / 1_000)} s`)
    }
    const about = { sessions: done, seed, touches, inTheWeb, load: Number((loadavg()[0] ?? 0).toFixed(1)) }
    // What the first quarter fills are caches.
    const counted = samples.slice(Math.floor(samples.length / 4))
    const grows = (name: string, unit: string, of: (sample: Sample) => number) => {
      const { slope, error, start } = slopeOf(counted.map((sample) => ({ x: sample.sessions / 1_000, y: of(sample) })))
      const target = start * mostGrowth
      emit({
        name: `${name} per 1,000 visitors`,
        value: Math.round(slope * 10) / 10,
        unit,
        error: Math.round(error * 10) / 10,
        samples: counted.length,
        start: Math.round(start),
        last: Math.round(of(counted.at(-1) ?? samples[0] ?? empty)),
        ...about,
        target: Math.round(target * 10) / 10,
        // Growth is what stands out of the noise of the measuring.
        met: slope - 2 * error <= target,
      })
    }
    grows('kiosk process, resident', 'B', ({ kioskRss }) => kioskRss)
    grows('kiosk process, heap', 'B', ({ kioskHeap }) => kioskHeap)
    grows("visitor's screen, heap", 'B', ({ screenHeap }) => screenHeap)
    grows("visitor's screen, nodes", 'nodes', ({ nodes }) => nodes)
    grows("visitor's screen, listeners", 'listeners', ({ listeners }) => listeners)
    grows('guarded browser kept warm', 'B', ({ guardedBytes }) => guardedBytes)
    grows('touch to frame', 'ms', ({ frameP50 }) => frameP50)
    const none = (name: string, value: number, more: Record<string, unknown> = {}) =>
      emit({ name, value, unit: 'times', ...about, ...more, target: 0, met: value === 0 })
    none('screens of one colour', spreads.filter((spread) => spread < leastSpread).length, {
      looks: spreads.length,
      least: Math.round(Math.min(...spreads)),
    })
    none('errors reported by the page', visitor.errors.length, { first: visitor.errors.slice(0, 3) })
    none('browsers beside the warm one at rest', Math.max(...processes) - 1, { seen: [...processes] })
    none('profile folders beside the one of the warm browser', Math.max(...folders) - 1, { seen: [...folders] })
  } finally {
    await browser.close()
    await kiosk.child.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

const empty: Sample = {
  ...{ sessions: 0, kioskRss: 0, kioskHeap: 0, screenHeap: 0, nodes: 0, listeners: 0, guardedBytes: 0, frameP50: 0 },
}

/** `asked`: how often before and now. */
async function measure(
  { page, cdp }: Visitor,
  kiosk: WebKiosk,
  asked: number,
): Promise<Omit<Sample, 'sessions' | 'guardedBytes'>> {
  const frameP50 = percentile(await takeFrames(page), 0.5)
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters')
  const kioskHeap = await heapOf(kiosk, asked)
  return {
    kioskRss: residentBytes(kiosk.pid),
    kioskHeap,
    screenHeap: usedSize,
    nodes,
    listeners: jsEventListeners,
    frameP50,
  }
}

/** Folders of visitors where that of this browser is. */
function profilesBeside(pid: number): number {
  const profile = /--user-data-dir=([^\0]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1]
  if (profile === undefined) throw new Error('the warm browser has no folder')
  return readdirSync(dirname(profile)).length
}
