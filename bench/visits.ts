// 10,000 visitors as the kiosk's process sees them: what their screens ask for, one visitor after the other without the screen. What grows in that process, and what slows.
//   --sessions N; --seed N the same again
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRelease0 } from '../build/release0.ts'
import { buildVisitorScreen } from '../build/screens.ts'
import { countedMenuIds } from '../contract/menu-ids.ts'
import { type Bridge, openBridgeSocket } from '../tests/replay/bridge-socket.ts'
import { numberOf } from './bench-arguments.ts'
import { residentBytes } from './processes-of.ts'
import type { Bench } from './run.ts'
import { slopeOf } from './soak-slope.ts'
import { type Random, seeded } from './soak-visitor.ts'
import { percentile } from './touch-frames.ts'
import { heapOf, pause, startWebKiosk } from './web-visitor.ts'

const root = join(import.meta.dirname, '..')
/** A screen that was put up anew connects anew. */
const visitorsPerScreen = 100
/** A turn in the web takes a second and more: it is not everybody's here. */
const visitorsPerTurn = 100
const mostGrowth = 0.05
const words = ['ぐりとぐら', 'めむろ', '芽室', 'ほっかいどう', 'じゃがいも', 'えほん', 'とかち', 'すうがく', 'zzz']

export const run: Bench = async (emit, args) => {
  const sessions = numberOf(args, '--sessions', 10_000)
  const seed = numberOf(args, '--seed', Math.floor(Math.random() * 2 ** 31))
  console.error(`visits: ${sessions} visitors, seed ${seed}`)
  const random = seeded(seed)
  await buildVisitorScreen(console.error)
  await buildRelease0(console.error)
  const folder = mkdtempSync(join(tmpdir(), 'bench-visits-'))
  const kiosk = await startWebKiosk(root, 'portrait', folder)
  try {
    let screen = await openBridgeSocket(kiosk.url)
    const cookie = screen.cookie
    while (!(await screen.bridge.library.view()).ready) await pause(50)
    const samples: { visitors: number; resident: number; heap: number; visitMs: number }[] = []
    const every = Math.max(1, Math.round(sessions / 40))
    let visitMs: number[] = []
    const began = performance.now()
    for (let visitors = 1; visitors <= sessions; visitors += 1) {
      if (visitors % visitorsPerScreen === 0) {
        screen.socket.close()
        screen = await openBridgeSocket(kiosk.url, cookie)
      }
      const from = performance.now()
      await visit(screen.bridge, random)
      visitMs.push(performance.now() - from)
      if (visitors % visitorsPerTurn === 0) await turnInTheWeb(screen.bridge)
      if (visitors % every !== 0) continue
      const heap = await heapOf(kiosk, samples.length + 1)
      samples.push({ visitors, resident: residentBytes(kiosk.pid), heap, visitMs: percentile(visitMs, 0.5) })
      visitMs = []
      console.error(`${visitors} visitors, ${Math.round((performance.now() - began) / 1_000)} s`)
    }
    screen.socket.close()
    // What the first quarter fills are caches.
    const counted = samples.slice(Math.floor(samples.length / 4))
    const grows = (name: string, unit: string, of: (sample: (typeof samples)[number]) => number) => {
      const points = counted.map((sample) => ({ x: sample.visitors / 10_000, y: of(sample) }))
      const { slope, error, start } = slopeOf(points)
      emit({
        name: `${name} per 10,000 visitors`,
        value: Math.round(slope * 10) / 10,
        unit,
        error: Math.round(error * 10) / 10,
        samples: counted.length,
        first: Math.round(of(samples[0] ?? empty)),
        start: Math.round(start),
        last: Math.round(of(samples.at(-1) ?? empty)),
        sessions,
        seed,
        load: Number((loadavg()[0] ?? 0).toFixed(1)),
        target: Math.round(start * mostGrowth * 10) / 10,
        // Growth is what stands out of the noise of the measuring.
        met: slope - 2 * error <= start * mostGrowth,
      })
    }
    grows('kiosk process, resident', 'B', ({ resident }) => resident)
    grows('kiosk process, heap', 'B', ({ heap }) => heap)
    grows('a visit', 'ms', (sample) => sample.visitMs)
  } finally {
    await kiosk.child.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

const empty = { visitors: 0, resident: 0, heap: 0, visitMs: 0 }

async function visit(bridge: Bridge, random: Random): Promise<void> {
  const one = <T>(of: readonly T[]): T => {
    const chosen = of[Math.floor(random() * of.length)]
    if (chosen === undefined) throw new Error('there is nothing to choose from')
    return chosen
  }
  const visitId = randomUUID()
  await bridge.screen.alive({ visiting: true, resting: false })
  await bridge.attract.view()
  for (const menu of new Set([one(countedMenuIds), one(countedMenuIds), one(countedMenuIds)])) {
    await bridge.usage.record({ accessId: randomUUID(), visitId, menu })
    if (menu === 'tourism') await bridge.tourism.view()
    if (menu === 'internet') await bridge.internet.view()
    if (menu === 'library') await searchFor(bridge, one(words))
  }
  await bridge.screen.alive({ visiting: false, resting: false })
}

async function searchFor(bridge: Bridge, word: string): Promise<void> {
  await bridge.library.view()
  for (let typed = 1; typed <= word.length; typed += 1) {
    const query = { text: word.slice(0, typed), filter: { kinds: [], shelves: [], aboutTown: false, onlyIn: false } }
    const { titles } = await bridge.library.search({ ...query, order: 'best', from: 0, most: 20 })
    const [first] = titles
    if (first === undefined) await bridge.library.suggest({ text: query.text })
    else if (typed === word.length) {
      await bridge.library.counts({ ...query, order: 'best' })
      await bridge.library.title({ id: first.id })
      await bridge.library.status({ ids: titles.map(({ id }) => id) })
    }
  }
}

/** Into the web as far as the first page, and out again. */
async function turnInTheWeb(bridge: Bridge): Promise<void> {
  const [tile] = (await bridge.internet.view()).tiles
  if (!tile) throw new Error('the sample town has no start page')
  const place = { leftPx: 0, topPx: 400, widthPx: 1080, heightPx: 1400 }
  const states = await bridge.internet.watch()
  await bridge.internet.begin({ visitId: randomUUID(), to: { tile: tile.id }, place, language: 'ja' })
  for await (const state of states) if (state.kind === 'open' && !state.loading) break
  await bridge.internet.end()
}
