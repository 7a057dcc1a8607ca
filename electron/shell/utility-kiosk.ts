import { type MessagePortMain, utilityProcess } from 'electron'
import type { KioskChannel } from '../kiosk/host/kiosk-handle.ts'
import { plainEnvironment } from '../kiosk/host/plain-environment.ts'

/** The kiosk process as Electron's utility process. */
export function forkUtilityKiosk(
  script: string,
  argv: string[],
): KioskChannel & { sendPort(port: MessagePortMain): void } {
  const child = utilityProcess.fork(script, argv, {
    serviceName: 'kiosk',
    stdio: 'inherit',
    execArgv: [],
    env: plainEnvironment(process.env),
  })
  let alive = true
  const exited = new Promise<string>((resolve) =>
    child.once('exit', (code) => {
      alive = false
      resolve(`the kiosk process ended (${code})`)
    }),
  )
  return {
    pid: () => child.pid,
    send: (message) => {
      if (alive) child.postMessage(message)
    },
    sendPort: (port) => {
      if (alive) child.postMessage({ ask: 'port' }, [port])
    },
    onMessage: (listener) => void child.on('message', listener),
    exited,
    // Electron's own kill asks politely; one that hangs does not hear it.
    kill: () => {
      if (alive && child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
    },
  }
}
