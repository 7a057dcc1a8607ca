import { join, resolve } from 'node:path'
import { app } from 'electron'
import { KioskError } from '../../contract/error-codes.ts'
import { logToStandardError } from '../kiosk/host/host-log.ts'
import { serviceExitCode } from '../kiosk/host/service-exit-code.ts'
import { takeServiceManager } from '../kiosk/host/service-manager.ts'
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
  ['disable-quic'],
  // U18: this program asks no name server for anything. Our own page needs none, a strange one has the forward proxy, and the kiosk process has its own.
  ['host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  ['disable-features', 'OverscrollHistoryNavigation,TouchpadOverscrollHistoryNavigation,HardwareMediaKeyHandling'],
]

const debugging = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'inspect-port',
]

/** From the command line to the end. */
export async function runElectron(argv: string[]): Promise<void> {
  try {
    const { kiosk } = readKioskArguments(app.isPackaged ? argv.slice(1) : argumentsOf(argv, app.getAppPath()))
    if (app.isPackaged) refuseDebugging()
    registerScreenScheme()
    for (const [name, value] of switches) app.commandLine.appendSwitch(name, value)
    // What Electron itself keeps lies with the kiosk, not in somebody's home.
    app.setPath('userData', join(kiosk.data, 'electron'))
    const host = createElectronHost({
      kiosk,
      preload: join(app.getAppPath(), 'preload.cjs'),
      utility: join(app.getAppPath(), 'utility.mjs'),
      log: logToStandardError,
      onHopeless: (reason) => {
        logToStandardError({ level: 'error', event: 'host-gives-up', detail: { reason } })
        void host.stop().finally(() => app.exit(1))
      },
    })
    const manager = takeServiceManager(process.env, host.isWell)
    const ended = endInOrder(() => {
      manager.stopping()
      return host.stop()
    }, host.wantedForService)
    await app.whenReady()
    const { url } = await host.start().catch((error: unknown) => {
      if (!ended()) throw error
      return { url: null }
    })
    if (url === null) return
    manager.ready()
    process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`)
  } catch (error) {
    console.error(error instanceof KioskError ? error.message : error)
    app.exit(error instanceof KioskError && error.code === 'bad-arguments' ? 2 : 1)
  }
}

/**
 * E1, E2. As packaged, nothing but our own options is taken: an unknown one has already been refused, Chromium's and Node's among them.
 * What came some other way is taken out before the browser begins, and the program does not start.
 */
function refuseDebugging(): void {
  const asked = debugging.filter((name) => app.commandLine.hasSwitch(name))
  for (const name of asked) app.commandLine.removeSwitch(name)
  if (asked.length > 0) throw new KioskError('bad-arguments', `A kiosk is not debugged: --${asked.join(', --')}`)
}

/** Ctrl-C, SIGTERM, staff, and whatever else asks Electron to quit: window, then kiosk process, then the program. */
function endInOrder(stop: () => Promise<void>, wantedForService: Promise<void>): () => boolean {
  let ending = false
  const end = (code: number) => {
    if (ending) return
    ending = true
    void stop().finally(() => app.exit(code))
  }
  void wantedForService.then(() => end(serviceExitCode))
  app.on('before-quit', (event) => {
    event.preventDefault()
    end(0)
  })
  // A window that was closed comes back; it does not end the kiosk.
  app.on('window-all-closed', () => undefined)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0))
  return () => ending
}

/** What follows the program's own folder; a driver of tests puts switches of its own before it. */
function argumentsOf(argv: string[], appPath: string): string[] {
  const at = argv.findIndex((argument, index) => index > 0 && resolve(argument) === appPath)
  return argv.slice(Math.max(at, 0) + 1)
}
