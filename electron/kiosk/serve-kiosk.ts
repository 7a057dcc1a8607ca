import { KioskError } from '../../contract/error-codes.ts'
import { type ToHost, type ToKiosk, toKioskSchema } from './host/host-messages.ts'
import { serviceExitCode } from './host/service-exit-code.ts'
import type { GuardedBrowser } from './internet/guarded-browser.ts'
import { type KioskArguments, readKioskArguments } from './kiosk-arguments.ts'
import type { Departure } from './maintenance/maintenance.ts'
import { failWith, type RunningKiosk, runKiosk } from './run-kiosk.ts'
import { type ScreenServer, serveScreen } from './screen-server/screen-server.ts'

const tell = process.send ? (message: ToHost) => void (process.connected && process.send?.(message)) : null
let end: (code?: number) => void = () => process.exit()

/** The kiosk as a process of its own: a child of its host, or of a terminal with --host headless. Its screen and bridge are served on loopback. */
export async function serveKiosk(guardedBrowser: (args: KioskArguments) => GuardedBrowser | null): Promise<void> {
  process.on('SIGTERM', () => end())
  process.on('SIGINT', () => end())
  // A host that is gone leaves no kiosk behind.
  process.on('disconnect', () => end())
  try {
    await begin(guardedBrowser)
  } catch (error) {
    process.exitCode = failWith(error, tell)
    // The message to the host goes out before the line to it is closed.
    if (process.connected) process.disconnect()
    else process.exit()
  }
}

async function begin(guardedBrowser: (args: KioskArguments) => GuardedBrowser | null): Promise<void> {
  const { kiosk: args, values } = readKioskArguments(process.argv.slice(2), {
    host: { type: 'string', default: 'headless' },
  })
  const { host } = values
  if (host !== 'headless' && host !== 'chromium')
    throw new KioskError('bad-arguments', `--host is headless or chromium, not "${host}"`)
  const depart = (how: Departure) => end(how === 'service' ? serviceExitCode : 0)
  const running = await runKiosk(args, host, tell, guardedBrowser(args), depart)
  const screen = await serveScreen({
    kiosk: running.kiosk,
    screenDir: args.screen,
    port: args.port,
    hostKind: host,
    onSession: (digest) => tell?.({ is: 'session', digest }),
  }).catch(async (error: unknown) => {
    await running.kiosk.stop()
    throw error
  })
  serve(running, screen)
}

function serve(running: RunningKiosk, screen: ScreenServer): void {
  let ending = false
  end = (code = 0) => {
    if (ending) return
    ending = true
    void screen
      .close()
      .then(() => running.end())
      .finally(() => process.exit(code))
  }
  process.on('message', (raw) => {
    const asked = toKioskSchema.safeParse(raw)
    if (asked.success) act(asked.data)
  })
  function act(asked: ToKiosk): void {
    if (asked.ask === 'end') end()
    if (asked.ask === 'url') tell?.({ is: 'url', url: screen.freshUrl() })
    if (asked.ask === 'session') screen.holdSession(asked.digest)
    if (asked.ask === 'restart') running.kiosk.wantRestart(asked.wanted)
    if (asked.ask === 'report') running.kiosk.report(asked.code, asked.level, asked.detail)
  }
  if (tell) tell({ is: 'ready', url: screen.url })
  else console.log(JSON.stringify({ ready: true, url: screen.url }))
}
