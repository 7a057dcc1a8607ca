import { join } from 'node:path'
import { z } from 'zod'
import { createChromiumHost } from '../../../electron/chromium/chromium-host.ts'
import { installedBrowser } from '../../../electron/chromium/installed-browser.ts'
import type { KioskPage } from '../../../electron/chromium/kiosk-page.ts'
import type { HostLogEntry } from '../../../electron/kiosk/host/host-log.ts'
import { writeKioskArguments } from '../../../electron/kiosk/kiosk-arguments.ts'
import { awaited } from '../../awaited.ts'
import { type HostUnderTest, hostArguments, hostEnvironment, type RunningHost } from './host-under-test.ts'

const evaluatedSchema = z.object({ result: z.object({ value: z.unknown().optional() }) })
const boxSchema = z.object({ x: z.number(), y: z.number() }).nullable()
const targetsSchema = z.object({ targetInfos: z.array(z.object({ type: z.string() })) })
const cpuSchema = z.object({ processInfo: z.array(z.object({ cpuTime: z.number() })) })
/** A window where there is a display, so that the suite sees what a visitor sees. */
const headless = () => !process.env.DISPLAY

export const chromiumUnderTest = {
  name: 'Chromium',
  missing: installedBrowser(process.env) === null ? 'no Chromium on this machine' : null,
  async prepare() {},
  start,
  command: (folder) => ({
    program: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, '..', '..', '..', 'electron', 'chromium', 'main.ts'),
      ...writeKioskArguments(hostArguments(folder)),
      ...(headless() ? ['--browser-headless'] : []),
    ],
    environment: hostEnvironment(folder),
  }),
} satisfies HostUnderTest

/** As far as only the figures, or what fingers do, want it. */
type MeasuredHost = RunningHost & {
  /** A command of the DevTools protocol to the page. */
  send(method: string, params: Record<string, unknown>): Promise<unknown>
  browserCpuMs(): Promise<number>
  look(): Promise<unknown>
  plan(part: 'screen' | 'kiosk-process', reason: string): void
}

async function start(folder: string, config?: string, release0?: string): Promise<MeasuredHost> {
  const logged: HostLogEntry[] = []
  const host = createChromiumHost({
    kiosk: hostArguments(folder, config, release0),
    headless: headless(),
    environment: hostEnvironment(folder),
    log: (entry) => logged.push(entry),
    quietKiosk: true,
  })
  const { url } = await awaited('the Chromium host shows its screen', host.start())

  function page(): KioskPage {
    const current = host.page()
    if (current === null) throw new Error('there is no page at present')
    return current
  }
  async function evaluate(expression: string, userGesture = false): Promise<unknown> {
    const answer = await page().send('Runtime.evaluate', { expression, userGesture, returnByValue: true })
    return evaluatedSchema.parse(answer).result.value
  }

  return {
    url,
    sees: (name) =>
      evaluate(`document.querySelector('[data-name="${name}"]')?.checkVisibility() === true`).then(
        (seen) => seen === true,
        () => false,
      ),
    async touch(name) {
      const point = boxSchema.parse(
        await evaluate(`(() => {
          const box = document.querySelector('[data-name="${name}"]')?.getBoundingClientRect()
          return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null
        })()`),
      )
      if (point === null) return
      await page().send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
      await page().send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    },
    tries: async (script) => void (await evaluate(`void (() => { ${script} })()`, true)),
    evaluate: (expression) => evaluate(expression),
    address: async () => String(await evaluate('location.href')),
    async windows() {
      const targets = targetsSchema.parse(await host.targets())
      return targets.targetInfos.filter(({ type }) => type === 'page').length
    },
    attempts: () =>
      logged.flatMap(({ event, detail }) => (event === 'breakout-attempt' ? [String(detail.attempt)] : [])),
    async killScreen() {
      const { browser } = host.pids()
      if (browser === null) throw new Error('there is no browser at present')
      process.kill(browser, 'SIGKILL')
    },
    async killKiosk() {
      const { kiosk } = host.pids()
      if (kiosk === null) throw new Error('there is no kiosk process at present')
      process.kill(kiosk, 'SIGKILL')
    },
    screenProcesses: (kind) => host.screenProcesses(kind),
    async kioskPid() {
      const { kiosk } = host.pids()
      if (kiosk === null) throw new Error('there is no kiosk process at present')
      return kiosk
    },
    framesPass: async () => {
      const expression = `new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => go(true))))`
      const answer = await page().send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      return evaluatedSchema.parse(answer).result.value
    },
    logged: () => logged,
    browserCpuMs: async () =>
      cpuSchema.parse(await host.processes()).processInfo.reduce((sum, one) => sum + one.cpuTime * 1_000, 0),
    look: () => page().look(5_000),
    send: (method, params) => page().send(method, params),
    plan: host.upkeep.plan,
    stop: host.stop,
  }
}
