// The kiosk process: plain Node, a child of its host (or of a terminal, with --host headless).
//   node electron/kiosk/process.ts --config FILE --data DIR --release0 DIR --screen DIR --host headless|chromium [--port N] [--hub URL [--code CODE]]
import { KioskError } from '../../contract/error-codes.ts'
import { type ToHost, type ToKiosk, toKioskSchema } from './host/host-messages.ts'
import { readKioskArguments } from './kiosk-arguments.ts'
import { failWith, type RunningKiosk, runKiosk } from './run-kiosk.ts'
import { type ScreenServer, serveScreen } from './screen-server/screen-server.ts'

const tell = process.send ? (message: ToHost) => void (process.connected && process.send?.(message)) : null
let end: () => void = () => process.exit()
process.on('SIGTERM', () => end())
process.on('SIGINT', () => end())
// A host that is gone leaves no kiosk behind.
process.on('disconnect', () => end())

try {
  const { kiosk: args, values } = readKioskArguments(process.argv.slice(2), {
    host: { type: 'string', default: 'headless' },
  })
  const { host } = values
  if (host !== 'headless' && host !== 'chromium')
    throw new KioskError('bad-arguments', `--host is headless or chromium, not "${host}"`)
  const running = await runKiosk(args, host, tell)
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
} catch (error) {
  process.exitCode = failWith(error, tell)
  // The message to the host goes out before the line to it is closed.
  if (process.connected) process.disconnect()
  else process.exit()
}

function serve(running: RunningKiosk, screen: ScreenServer): void {
  let ending = false
  end = () => {
    if (ending) return
    ending = true
    void screen
      .close()
      .then(() => running.end())
      .finally(() => process.exit(0))
  }
  process.on('message', (raw) => {
    const asked = toKioskSchema.safeParse(raw)
    if (asked.success) act(asked.data)
  })
  function act(asked: ToKiosk): void {
    if (asked.ask === 'end') end()
    if (asked.ask === 'url') tell?.({ is: 'url', url: screen.freshUrl() })
    if (asked.ask === 'session') screen.holdSession(asked.digest)
    if (asked.ask === 'report') running.kiosk.report(asked.code, asked.level, asked.detail)
  }
  if (tell) tell({ is: 'ready', url: screen.url })
  else console.log(JSON.stringify({ ready: true, url: screen.url }))
}
