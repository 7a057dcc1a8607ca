// The kiosk as Electron's utility process: the same kiosk as process.ts, its bridge over message ports, its screen served by the shell.
import { RPCHandler } from '@orpc/server/message-port'
import { type ToHost, type ToKiosk, toKioskSchema } from './host/host-messages.ts'
import { createRemoteGuardedBrowser } from './internet/remote-guarded-browser.ts'
import { readKioskArguments } from './kiosk-arguments.ts'
import { failWith, type RunningKiosk, runKiosk } from './run-kiosk.ts'

/** As far as we use Electron's `MessagePortMain`; here no module of Electron is imported. */
type BridgePort = {
  on: (event: string, listener: (event?: { data: unknown }) => void) => void
  postMessage: (data: unknown) => void
  start: () => void
}

declare global {
  namespace NodeJS {
    interface Process {
      parentPort: {
        on: (event: 'message', listener: (event: { data: unknown; ports: BridgePort[] }) => void) => void
        postMessage: (message: unknown) => void
      }
    }
  }
}

const tell = (message: ToHost) => process.parentPort.postMessage(message)
let end: () => void = () => process.exit(0)
process.on('SIGTERM', () => end())

const guarded = createRemoteGuardedBrowser((asked) => tell({ is: 'guarded', asked }))

try {
  const { kiosk: args } = readKioskArguments(process.argv.slice(2))
  serve(await runKiosk(args, 'electron', tell, guarded.browser))
} catch (error) {
  process.exitCode = failWith(error, tell)
  // Nothing tells when a message to the parent has left; it ends us as soon as it has read it.
  process.parentPort.on('message', () => process.exit())
}

function serve(running: RunningKiosk): void {
  const bridge = new RPCHandler(running.kiosk.bridge)
  let ending = false
  end = () => {
    if (ending) return
    ending = true
    void running.end().finally(() => process.exit(0))
  }
  function act(asked: ToKiosk, ports: BridgePort[]): void {
    if (asked.ask === 'end') end()
    if (asked.ask === 'restart') running.kiosk.wantRestart(asked.wanted)
    if (asked.ask === 'report') running.kiosk.report(asked.code, asked.level, asked.detail)
    if (asked.ask === 'guarded') guarded.hear(asked.told)
    if (asked.ask === 'picture') tell({ is: 'picture', id: asked.id, path: running.kiosk.pictureFile(asked.sha256) })
    if (asked.ask === 'port') {
      for (const port of ports) {
        bridge.upgrade(port, { context: {} })
        port.start()
      }
    }
  }
  process.parentPort.on('message', ({ data, ports }) => {
    const asked = toKioskSchema.safeParse(data)
    if (asked.success) act(asked.data, ports)
  })
  tell({ is: 'ready', url: '' })
}
