import { join, resolve } from 'node:path'
import { app } from 'electron'
import { KioskError } from '../../contract/error-codes.ts'
import { logToStandardError } from '../kiosk/host/host-log.ts'
import { readKioskArguments } from '../kiosk/kiosk-arguments.ts'
import { createElectronHost } from './electron-host.ts'
import { registerScreenScheme } from './screen-protocol.ts'

/** Rows G2, G8, G9 of the ways out, and what a browser says to its maker on its own. */
const switches: [string, string?][] = [
  ['disable-pinch'],
  ['overscroll-history-navigation', '0'],
  ['touch-events', 'enabled'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-features', 'OverscrollHistoryNavigation,TouchpadOverscrollHistoryNavigation,HardwareMediaKeyHandling'],
]

/** From the command line to the end. */
export async function runElectron(argv: string[]): Promise<void> {
  try {
    const { kiosk } = readKioskArguments(argumentsOf(argv, app.getAppPath()))
    registerScreenScheme()
    for (const [name, value] of switches) app.commandLine.appendSwitch(name, value)
    // What Electron itself keeps lies with the kiosk, not in somebody's home.
    app.setPath('userData', join(kiosk.data, 'electron'))
    const host = createElectronHost({
      kiosk,
      preload: join(app.getAppPath(), 'preload.cjs'),
      utility: join(app.getAppPath(), 'utility.mjs'),
      log: logToStandardError,
    })
    const ended = endInOrder(host.stop)
    await app.whenReady()
    const { url } = await host.start().catch((error: unknown) => {
      if (!ended()) throw error
      return { url: null }
    })
    if (url !== null) process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`)
  } catch (error) {
    console.error(error instanceof KioskError ? error.message : error)
    app.exit(error instanceof KioskError && error.code === 'bad-arguments' ? 2 : 1)
  }
}

/** Ctrl-C, SIGTERM, and whatever else asks Electron to quit: window, then kiosk process, then the program. */
function endInOrder(stop: () => Promise<void>): () => boolean {
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    void stop().finally(() => app.exit(0))
  }
  app.on('before-quit', (event) => {
    event.preventDefault()
    end()
  })
  // A window that was closed comes back; it does not end the kiosk.
  app.on('window-all-closed', () => undefined)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)
  return () => ending
}

/** What follows the program's own folder; a driver of tests puts switches of its own before it. */
function argumentsOf(argv: string[], appPath: string): string[] {
  const at = argv.findIndex((argument, index) => index > 0 && resolve(argument) === appPath)
  return argv.slice(Math.max(at, 0) + 1)
}
