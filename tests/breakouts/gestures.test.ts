import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { chromiumUnderTest } from '../town/hosts/chromium-under-test.ts'
import { accessesIn } from '../town/hosts/host-under-test.ts'
import { breakout } from './breakout.ts'
import type { BreakoutId } from './rows.ts'

const { missing } = chromiumUnderTest
type Point = { x: number; y: number }

describe.skipIf(missing !== null)(missing ?? 'fingers on the Chromium host', () => {
  const soon = { interval: 100 }
  let folder: string
  let host: Awaited<ReturnType<typeof chromiumUnderTest.start>>
  let size: { width: number; height: number }
  let before: unknown

  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    folder = mkdtempSync(join(tmpdir(), 'gestures-'))
    host = await chromiumUnderTest.start(folder)
    size = { width: Number(await host.evaluate('innerWidth')), height: Number(await host.evaluate('innerHeight')) }
    await host.evaluate(
      `globalThis.menus = 0; addEventListener('contextmenu', (event) => { menus += event.defaultPrevented ? 0 : 1 })`,
    )
    before = await shown()
  })
  afterAll(async () => {
    await host?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })

  const shown = async () => ({
    address: await host.address(),
    pages: await host.windows(),
    page: await host.evaluate(
      'JSON.stringify([innerWidth, innerHeight, devicePixelRatio, visualViewport.scale, visualViewport.offsetLeft, scrollX, scrollY, String(getSelection()), history.length, globalThis.menus])',
    ),
  })
  /** The page is the same one, as large and at the same place; and what a visitor does next has its effect. */
  async function nothingChanged(): Promise<void> {
    await expect.poll(shown, soon).toEqual(before)
    await open('begin', 'menu-tourism')
  }
  const open = (touched: string, then: string) =>
    expect
      .poll(async () => {
        if (!(await host.sees(then))) await host.touch((await host.sees(touched)) ? touched : 'home')
        return host.sees(then)
      }, soon)
      .toBe(true)

  const fingers = (type: string, points: Point[]) =>
    host.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((point, id) => ({ x: Math.round(point.x), y: Math.round(point.y), id })),
    })
  /** All fingers, each from its place to its place. */
  async function draw(paths: [Point, Point][], steps = 8): Promise<void> {
    const at = (part: number) =>
      paths.map(([from, to]) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }))
    await fingers('touchStart', at(0))
    for (let step = 1; step <= steps; step += 1) await fingers('touchMove', at(step / steps))
    await fingers('touchEnd', [])
  }
  const abreast = (count: number, from: Point, to: Point): [Point, Point][] =>
    Array.from({ length: count }, (_, n) => [
      { x: from.x, y: from.y + n * 70 },
      { x: to.x, y: to.y + n * 70 },
    ])

  const edges: [BreakoutId, () => [Point, Point]][] = [
    [
      'G1',
      () => [
        { x: 1, y: size.height / 2 },
        { x: size.width * 0.8, y: size.height / 2 },
      ],
    ],
    [
      'G2',
      () => [
        { x: size.width - 2, y: size.height / 2 },
        { x: size.width * 0.2, y: size.height / 2 },
      ],
    ],
    [
      'G3',
      () => [
        { x: size.width / 2, y: 1 },
        { x: size.width / 2, y: size.height * 0.7 },
      ],
    ],
    [
      'G4',
      () => [
        { x: size.width / 2, y: size.height - 2 },
        { x: size.width / 2, y: size.height * 0.3 },
      ],
    ],
  ]
  for (const [id, path] of edges) {
    breakout(id, 'drawn from the edge, there and back: the page stays where it is', async () => {
      const [from, to] = path()
      await draw([[from, to]])
      await draw([[to, from]])
      await nothingChanged()
    })
  }

  for (const [id, counts] of [
    ['G5', [3]],
    ['G6', [4, 5]],
  ] as const) {
    breakout(id, `${counts.join(' and ')} fingers, across and together: nothing`, async () => {
      const [left, right] = [
        { x: size.width * 0.2, y: 600 },
        { x: size.width * 0.8, y: 600 },
      ]
      for (const count of counts) {
        await draw(abreast(count, left, right))
        await draw(abreast(count, right, left))
        await draw(abreast(count, left, right).map(([from]) => [from, { x: size.width / 2, y: size.height / 2 }]))
      }
      await nothingChanged()
    })
  }

  breakout('G7', 'a finger that stays: no menu of the browser, nothing selected', async () => {
    await open('begin', 'menu-tourism')
    await fingers('touchStart', [{ x: size.width / 2, y: 300 }])
    await host.evaluate('globalThis.held = false; setTimeout(() => { held = true }, 1500)')
    await expect.poll(() => host.evaluate('held'), soon).toBe(true)
    await fingers('touchEnd', [])
    await nothingChanged()
  })

  breakout('G8', 'two fingers apart, and two taps: nothing grows', async () => {
    const middle = { x: size.width / 2, y: size.height / 2 }
    await draw([
      [
        { ...middle, x: middle.x - 30 },
        { ...middle, x: 40 },
      ],
      [
        { ...middle, x: middle.x + 30 },
        { ...middle, x: size.width - 40 },
      ],
    ])
    for (let tap = 0; tap < 2; tap += 1) await draw([[middle, middle]], 1)
    await nothingChanged()
  })

  breakout('G9', 'two fingers across: no page before or after', async () => {
    const [left, right] = [
      { x: 60, y: 900 },
      { x: size.width - 60, y: 900 },
    ]
    await draw(abreast(2, left, right))
    await draw(abreast(2, right, left))
    await nothingChanged()
  })

  const seed = Number(process.env.GESTURE_SEED ?? Date.now() % 2 ** 31)
  breakout('G10', `ten fingers anywhere (GESTURE_SEED=${seed}): one page, and it can be used`, async () => {
    const random = seeded(seed)
    const anywhere = () => ({ x: random() * size.width, y: random() * size.height })
    for (let round = 0; round < 20; round += 1) {
      await draw(
        Array.from({ length: 1 + Math.floor(random() * 10) }, () => [anywhere(), anywhere()]),
        3,
      )
    }
    // Where they led is a visitor's own business; where they came from, and how large it is, is not.
    await expect.poll(host.windows, soon).toBe(1)
    expect(await host.address()).toBe(new URL(host.url).href)
    expect(await host.evaluate('[visualViewport.scale, innerWidth, menus].join()')).toBe(`1,${size.width},0`)
    await host.evaluate("document.querySelector('[data-name=home]')?.scrollIntoView()")
    await open('begin', 'menu-tourism')
  })

  breakout('G10', 'tapped as fast as it goes, one opening is one access, and one screen is there', async () => {
    // A visitor of their own: had the ten fingers opened this very menu a moment ago, it would be the same access.
    await open('end', 'begin')
    await open('begin', 'menu-tourism')
    const accesses = accessesIn(folder)
    const at = {
      x: Number(await host.evaluate(`(${middleOf})('menu-tourism').x`)),
      y: Number(await host.evaluate(`(${middleOf})('menu-tourism').y`)),
    }
    // A new screen takes no touch for a moment: on a quick machine all ten would lie in it.
    await host.evaluate('globalThis.settled = false; setTimeout(() => { settled = true }, 600)')
    await expect.poll(() => host.evaluate('settled'), soon).toBe(true)
    for (let tap = 0; tap < 10; tap += 1) await draw([[at, at]], 0)
    await expect.poll(() => accessesIn(folder), soon).toBe(accesses + 1)
    expect(await host.evaluate("document.querySelectorAll('main').length")).toBe(1)
    await open('home', 'menu-tourism')
    expect(accessesIn(folder)).toBe(accesses + 1)
  })

  breakout('D4', 'a file, an address or a text is dropped on the screen: it is not taken', async () => {
    const [x, y] = [size.width / 2, size.height / 2]
    const address = 'http://town.example/'
    for (const data of [
      { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 },
      { items: [{ mimeType: 'text/uri-list', data: address }], dragOperationsMask: 1 },
      { items: [{ mimeType: 'text/plain', data: address }], dragOperationsMask: 1 },
    ])
      for (const type of ['dragEnter', 'dragOver', 'drop'])
        await host.send('Input.dispatchDragEvent', { type, x, y, data })
    await nothingChanged()
  })
})

const middleOf = `(name) => {
  const box = document.querySelector('[data-name=' + name + ']').getBoundingClientRect()
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}`

/** mulberry32: the same fingers again for the same seed. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
