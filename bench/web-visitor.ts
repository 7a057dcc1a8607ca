import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { type Child, startChild } from '../build/child.ts'
import { browsersOf, groupsOf } from './processes-of.ts'

export const stages = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1920, height: 1080 } }
export type Stage = keyof typeof stages
/** Longer than any two strikes that would count as one. */
const apartMs = 620
const restMs = 700

const heapSchema = z.object({ heapBytes: z.number(), asked: z.number() })
const readySchema = z.object({ ready: z.literal(true), url: z.string(), pid: z.number() })
export type WebKiosk = { child: Child; url: string; pid: number }

export async function startWebKiosk(root: string, stage: Stage, folder: string): Promise<WebKiosk> {
  const child = startChild('bench/web-kiosk.ts', [stage, folder], { cwd: root, name: 'kiosk', quiet: true })
  const ready = await child.line((line) => {
    if (!line.startsWith('{"ready"')) return undefined
    return readySchema.safeParse(JSON.parse(line)).data
  })
  return { child, url: ready.url, pid: ready.pid }
}

/** What its process holds after a collection. @param asked how often before and now */
export async function heapOf({ child }: WebKiosk, asked: number): Promise<number> {
  const told = child.line((line) => {
    if (!line.startsWith('{"heapBytes"')) return undefined
    const answer = heapSchema.parse(JSON.parse(line))
    return answer.asked === asked ? answer : undefined
  })
  child.signal('SIGUSR2')
  return (await told).heapBytes
}

/** What the kiosk keeps warm is there and has come to rest. */
export async function warmIsReady({ pid }: WebKiosk): Promise<number> {
  let before = { leader: 0, cpuMs: Number.NaN }
  for (;;) {
    await pause(restMs)
    const leaders = browsersOf(pid)
    const { cpuMs, count } = groupsOf(leaders)
    const leader = leaders.length === 1 ? (leaders[0] ?? 0) : 0
    if (leader !== 0 && count > 4 && leader === before.leader && cpuMs - before.cpuMs <= 30) return leader
    before = { leader, cpuMs }
  }
}

export const pause = (ms: number) => new Promise<void>((go) => setTimeout(go, ms))

/** Stands before the start page of 体験インターネット. */
export async function openVisitor(browser: Browser, kiosk: WebKiosk, stage: Stage) {
  const context = await browser.newContext({ viewport: stages[stage], hasTouch: true })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.addInitScript(installEyes)
  await page.goto(kiosk.url)
  await page.locator('[data-name="begin"]').waitFor()

  async function touch(name: string): Promise<void> {
    await pause(apartMs)
    await page.locator(`[data-name="${name}"]`).first().tap()
  }
  return {
    page,
    cdp,
    errors,
    touch,
    async toStartPage(): Promise<void> {
      await touch('begin')
      await touch('menu-internet')
      await page.locator('[data-name="tile-town"]').waitFor()
    },
    /** A place of the page of the web. */
    async touchPage(x: number, y: number): Promise<void> {
      const box = await canvasBox(page)
      await page.touchscreen.tap(box.x + x, box.y + y)
    },
    titled: (title: string) => page.locator('.browse-title', { hasText: title }).waitFor(),
    async end(): Promise<void> {
      await touch('end')
      await page.locator('[data-name="begin"]').waitFor()
    },
    close: () => context.close(),
  }
}
export type Visitor = Awaited<ReturnType<typeof openVisitor>>

export async function canvasBox(page: Page) {
  const box = await page.locator('[data-name="guarded"]').boundingBox()
  if (!box) throw new Error('there is no page of the web')
  return box
}

type Touches = {
  send(
    method: 'Input.dispatchTouchEvent',
    params: { type: 'touchStart' | 'touchMove' | 'touchEnd'; touchPoints: { x: number; y: number }[] },
  ): Promise<unknown>
}
const moveMs = 16
const pxPerMs = 1.2

/** A finger that draws the page up and then down again, as even as this machine lets it. */
export async function drag(cdp: Touches, box: { x: number; y: number; width: number; height: number }): Promise<void> {
  const x = Math.round(box.x + box.width / 2)
  const [low, high] = [box.y + box.height * 0.85, box.y + box.height * 0.15]
  for (const [from, to] of [
    [low, high],
    [high, low],
  ] as const) {
    const lastsMs = Math.abs(to - from) / pxPerMs
    const at = (share: number) => [{ x, y: Math.round(from + (to - from) * Math.min(1, share)) }]
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) })
    const began = performance.now()
    for (let passed = 0; passed < lastsMs; passed = performance.now() - began) {
      void cdp
        .send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(passed / lastsMs) })
        .catch(() => undefined)
      await pause(moveMs)
    }
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
}

declare global {
  interface Window {
    eyes: {
      /** What stands at a column of the picture of the web; null while there is none. */
      column(x: number): Uint8ClampedArray | null
      /** Pictures that came on the canvas in so long, and the longest time without a new one. */
      count(forMs: number): Promise<{ frames: number; longestMs: number }>
      /** From the next event of that kind until the picture of the web satisfies; to the end of that frame. */
      timed(type: 'pointerdown' | 'pointerup', when: 'heading' | 'changed'): Promise<number | null>
    }
  }
}

/** Runs in the page: looks at the canvas once a frame, as the visitor does, however it is drawn. */
function installEyes(): void {
  const samples = 64
  const small = Object.assign(document.createElement('canvas'), { width: 1, height: samples })
  const pen = small.getContext('2d', { alpha: false, willReadFrequently: true })
  const column = (x: number): Uint8ClampedArray | null => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-name="guarded"]')
    if (!canvas || !pen || canvas.width < 2) return null
    pen.imageSmoothingEnabled = false
    pen.drawImage(canvas, x, 0, 1, canvas.height, 0, 0, 1, samples)
    return pen.getImageData(0, 0, 1, samples).data
  }
  const frame = () => new Promise<number>((go) => requestAnimationFrame(go))
  const painted = () =>
    new Promise<number>((done) => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        channel.port1.close()
        done(performance.now())
      }
      channel.port2.postMessage(0)
    })
  /** #14532d, as a JPEG may give it. */
  const heading = (data: Uint8ClampedArray) =>
    Math.abs((data[0] ?? 0) - 20) + Math.abs((data[1] ?? 0) - 83) + Math.abs((data[2] ?? 0) - 45) < 40
  const same = (a: Uint8ClampedArray, b: Uint8ClampedArray) => a.every((value, at) => value === b[at])
  const differs = (a: Uint8ClampedArray, b: Uint8ClampedArray) => {
    const at = a.length - 4
    return [0, 1, 2].reduce((sum, part) => sum + Math.abs((a[at + part] ?? 0) - (b[at + part] ?? 0)), 0) > 60
  }
  window.eyes = {
    column,
    async count(forMs) {
      let before = column(8)
      let lastMs = performance.now()
      const untilMs = lastMs + forMs
      let frames = 0
      let longestMs = 0
      while (performance.now() < untilMs) {
        await frame()
        const now = column(8)
        if (!now || (before && same(now, before))) continue
        before = now
        frames += 1
        longestMs = Math.max(longestMs, performance.now() - lastMs)
        lastMs = performance.now()
      }
      return { frames, longestMs }
    },
    timed: (type, when) =>
      new Promise((done) => {
        window.addEventListener(
          type,
          async ({ timeStamp }) => {
            const first = column(8)
            while (performance.now() - timeStamp < 20_000) {
              await frame()
              const now = column(8)
              if (!now) continue
              if (when === 'heading' ? !heading(now) : first && !differs(now, first)) continue
              done((await painted()) - timeStamp)
              return
            }
            done(null)
          },
          { capture: true, once: true },
        )
      }),
  }
}
