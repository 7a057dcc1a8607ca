import { createInterface } from 'node:readline'
import { _electron, type ElectronApplication } from 'playwright-core'
import { z } from 'zod'
import { buildElectronApp, electronAppDir } from '../../../build/electron-app.ts'
import { electronSwitches, pathOfBinary } from '../../../build/electron-binary.ts'
import { readyUrl } from '../../../build/host-scripts.ts'
import { writeKioskArguments } from '../../../electron/kiosk/kiosk-arguments.ts'
import { type HostUnderTest, hostArguments, hostEnvironment, type RunningHost } from './host-under-test.ts'

const program = pathOfBinary()
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const loggedSchema = z.object({ code: z.string(), detail: z.record(z.string(), z.unknown()) })
const boxSchema = z.object({ x: z.number(), y: z.number() }).nullable()

const commandLine = (folder: string) => [
  ...electronSwitches(),
  electronAppDir,
  ...writeKioskArguments(hostArguments(folder)),
]

export const electronUnderTest: HostUnderTest = {
  name: 'Electron',
  missing:
    program === null
      ? "Electron's program is not on this machine"
      : display
        ? null
        : 'Electron needs a display (DISPLAY)',
  prepare: () => buildElectronApp(() => undefined),
  start,
  command: (folder) => ({
    program: program ?? '',
    args: commandLine(folder),
    environment: hostEnvironment(folder),
  }),
}

async function start(folder: string): Promise<RunningHost> {
  const environment = Object.fromEntries(
    Object.entries(hostEnvironment(folder)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  const app = await _electron.launch({ executablePath: program ?? '', args: commandLine(folder), env: environment })
  const logged: { event: string; detail: Record<string, unknown> }[] = []
  const { stdout, stderr } = app.process()
  if (stdout === null || stderr === null) throw new Error('Electron gave no output')
  createInterface({ input: stderr }).on('line', (line) => {
    const entry = entryIn(line)
    if (entry !== null) logged.push(entry)
  })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const ready = readyUrl(line)
      if (ready !== undefined) resolve(ready)
    })
    app.once('close', () => reject(new Error('Electron ended before its screen was ready')))
  })

  const pageProcess = () =>
    need(app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? null))
  const kioskPid = () =>
    need(
      app.evaluate(({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'kiosk')?.pid ?? null),
    )

  return {
    url,
    sees: (name) =>
      evaluate(app, `document.querySelector('[data-name="${name}"]')?.checkVisibility() === true`).then(
        (seen) => seen === true,
        () => false,
      ),
    async touch(name) {
      const point = boxSchema.parse(
        await evaluate(
          app,
          `(() => {
            const box = document.querySelector('[data-name="${name}"]')?.getBoundingClientRect()
            return box ? { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) } : null
          })()`,
        ),
      )
      if (point === null) return
      await app.evaluate(({ BrowserWindow }, { x, y }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.sendInputEvent({ type: 'mouseDown', x, y, button: 'left', clickCount: 1 })
        contents?.sendInputEvent({ type: 'mouseUp', x, y, button: 'left', clickCount: 1 })
      }, point)
    },
    tries: async (script) => void (await evaluate(app, `void (() => { ${script} })()`)),
    evaluate: (expression) => evaluate(app, expression),
    address: async () => String(await evaluate(app, 'location.href')),
    windows: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
    attempts: () =>
      logged.flatMap(({ event, detail }) => (event === 'breakout-attempt' ? [String(detail.attempt)] : [])),
    killScreen: async () => void process.kill(await pageProcess(), 'SIGKILL'),
    killKiosk: async () => void process.kill(await kioskPid(), 'SIGKILL'),
    screenProcesses: async (kind) =>
      kind === 'renderer'
        ? [await pageProcess()]
        : app.evaluate(({ app: electron }) =>
            electron.getAppMetrics().flatMap(({ type, pid }) => (type === 'GPU' ? [pid] : [])),
          ),
    kioskPid,
    framesPass: () =>
      evaluate(app, 'new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => go(true))))'),
    logged: () => logged,
    stop: () => app.close(),
  }
}

/** In the page, as touched by a visitor. Through the main process: a page that was loaded again is found again. */
const evaluate = (app: ElectronApplication, expression: string): Promise<unknown> =>
  app.evaluate(
    ({ BrowserWindow }, script) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script, true),
    expression,
  )

async function need(found: Promise<number | null>): Promise<number> {
  const pid = await found
  if (pid === null) throw new Error('there is no such process at present')
  return pid
}

function entryIn(line: string): { event: string; detail: Record<string, unknown> } | null {
  try {
    const { code, detail } = loggedSchema.parse(JSON.parse(line))
    return { event: code, detail }
  } catch {
    // Chromium's own words.
    return null
  }
}
