import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { KioskChannel } from '../kiosk/host/kiosk-handle.ts'
import { plainEnvironment } from '../kiosk/host/plain-environment.ts'

const script = join(import.meta.dirname, 'kiosk-process.ts')

/** The kiosk process as a child of this one. */
export function forkKiosk(argv: string[], quiet: boolean): KioskChannel {
  const child = fork(script, [...argv, '--host', 'chromium'], {
    env: plainEnvironment(process.env),
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit', 'ipc'],
    // A group of its own: Ctrl-C reaches only the host, and the kiosk ends after the browser.
    detached: true,
  })
  const failed = new Promise<string>((resolve) => child.on('error', (error) => resolve(error.message)))
  const exited = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(`the kiosk process ended (${signal ?? code})`)),
  )
  // Its last message may be read after its end was seen.
  const lineClosed = new Promise<void>((resolve) => child.once('disconnect', () => resolve()))
  return {
    pid: () => child.pid,
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener) => void child.on('message', listener),
    exited: Promise.race([failed, Promise.all([exited, lineClosed]).then(([reason]) => reason)]),
    kill: () => void child.kill('SIGKILL'),
  }
}
