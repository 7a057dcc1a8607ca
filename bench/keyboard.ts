// Somebody with a keyboard and a mouse who tries to get out: random keys, chords, clicks, drags and typed commands at a real window on a display of
// its own, and after each handful whether there is still one page of ours, at one size, and nothing beside it. --minutes N; --seed N the same again.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRelease0 } from '../build/release0.ts'
import { buildVisitorScreen } from '../build/screens.ts'
import { displayMissing, makeDisplay } from '../tests/breakouts/own-display.ts'
import { chromiumUnderTest } from '../tests/town/hosts/chromium-under-test.ts'
import { numberOf } from './bench-arguments.ts'
import { type Act, drawAct, keysOf } from './keyboard-acts.ts'
import { commandsIn } from './processes-of.ts'
import type { Bench } from './run.ts'
import { seeded } from './soak-visitor.ts'
import { pause } from './web-visitor.ts'

const screen = { width: 1080, height: 1920 }
const handful = 12
const patienceMs = 30_000
/** What a browser is made of, and what the display and the kiosk are; anything else was begun by a key. */
const ours = /chrom|node|Xvfb|xdotool|crashpad|^$/

export const run: Bench = async (emit, args) => {
  const missing = chromiumUnderTest.missing ?? displayMissing
  if (missing !== null) throw new Error(missing)
  const limitMs = numberOf(args, '--minutes', args.includes('--full') ? 60 : 10) * 60_000
  const seed = numberOf(args, '--seed', Math.floor(Math.random() * 2 ** 31))
  console.error(`keyboard: ${limitMs / 60_000} minutes, seed ${seed}`)
  await buildVisitorScreen(console.error)
  await buildRelease0(console.error)
  const folder = mkdtempSync(join(tmpdir(), 'bench-keyboard-'))
  // Where something could be saved, were there a way.
  for (const name of ['Downloads', 'Desktop', 'Documents']) mkdirSync(join(folder, name))
  const display = await makeDisplay(`${screen.width}x${screen.height}`)
  process.env.DISPLAY = display.name
  delete process.env.WAYLAND_DISPLAY
  const host = await chromiumUnderTest.start(folder)
  const random = seeded(seed)
  const url = new URL(host.url).href

  const seen = async () => ({
    address: await host.address(),
    pages: await host.windows(),
    windows: (await display.windows()).length,
    size: String(
      await host.evaluate('[innerWidth, innerHeight, devicePixelRatio, visualViewport.scale, scrollX, scrollY].join()'),
    ),
    mains: Number(await host.evaluate("document.querySelectorAll('main').length")),
    saved: savedIn(folder),
    others: commandsIn(folder).filter((command) => !ours.test(command)),
  })
  const start = await seen()
  const wrong: { after: Act[]; found: string }[] = []
  let acts = 0
  let presses = 0
  let taken = 0
  /** What stays as it is, given the moment that a screen which was begun anew needs. */
  async function looked(after: Act[]): Promise<void> {
    const until = performance.now() + patienceMs
    for (;;) {
      const now = await seen().catch(String)
      const found = JSON.stringify(now)
      if (typeof now === 'object' && now.address === url && found === JSON.stringify({ ...start, mains: 1 })) return
      if (performance.now() > until) {
        wrong.push({ after, found })
        console.error(`wrong after ${JSON.stringify(after)}: ${found}`)
        taken += 1
        // What is left from this would be found again after each of the following.
        await host.killScreen().catch(() => undefined)
        await pause(5_000)
        return
      }
      await pause(200)
    }
  }

  try {
    const began = performance.now()
    while (performance.now() - began < limitMs) {
      const drawn: Act[] = []
      for (let done = 0; done < handful; done += 1) {
        const act = drawAct(random, screen)
        drawn.push(act)
        acts += 1
        presses += keysOf(act)
        await display.does(...act).catch(() => '')
      }
      // Nothing stays held down: that would only weaken what comes.
      await display.does('keyup', 'ctrl', 'keyup', 'alt', 'keyup', 'shift', 'keyup', 'super').catch(() => '')
      await looked(drawn)
      if ((acts / handful) % 50 === 0)
        console.error(`${acts} acts, ${Math.round((performance.now() - began) / 1_000)} s, ${wrong.length} wrong`)
    }
    // Whoever comes next finds a kiosk that can be used.
    let usable = false
    for (let tries = 0; tries < 200 && !usable; tries += 1) {
      if (!(await host.sees('menu-tourism')))
        await host.touch((await host.sees('begin')) ? 'begin' : 'home').catch(() => undefined)
      usable = await host.sees('menu-tourism')
      await pause(100)
    }
    const about = { seed, minutes: limitMs / 60_000, acts, load: Number((loadavg()[0] ?? 0).toFixed(1)) }
    const again = host.logged().filter(({ event }) => event === 'recovered').length
    emit({ name: 'keys, clicks and drags', value: presses, unit: 'presses', ...about })
    emit({
      name: 'ways out',
      value: wrong.length,
      unit: 'times',
      first: wrong.slice(0, 3),
      ...about,
      target: 0,
      met: wrong.length === 0,
    })
    emit({
      name: 'screens put up again',
      value: again - taken,
      unit: 'times',
      ...about,
      target: 0,
      met: again === taken,
    })
    emit({ name: 'usable afterwards', value: usable ? 1 : 0, unit: 'times', ...about, target: 1, met: usable })
  } finally {
    await host.stop()
    await display.end()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

const savedIn = (folder: string): string[] =>
  ['Downloads', 'Desktop', 'Documents'].flatMap((name) => readdirSync(join(folder, name)))
