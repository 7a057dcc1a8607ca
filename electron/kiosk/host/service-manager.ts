import { execFile } from 'node:child_process'
import { decideSignMs } from './decide-well.ts'

/**
 * systemd, where it started us: hears when the screen is there, then again and again that all is well; when it hears nothing it ends
 * everything and starts it again. Node has no datagram sockets of the file system, so its own `systemd-notify` carries the words: three a
 * WatchdogSec, a few milliseconds each. WATCHDOG_PID is not ours (the compositor is the service's first process): `NotifyAccess=all`.
 *
 * Takes the socket out of `environment`: browser and kiosk process must not be able to say that all is well.
 */
export function takeServiceManager(environment: NodeJS.ProcessEnv, isWell: () => boolean) {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: limit } = environment
  const own = { ...environment }
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete environment[name]
  const everyMs = decideSignMs(limit)
  let signs: NodeJS.Timeout | undefined

  function say(word: string): void {
    // A word that did not arrive is the service manager's to judge: it counts the silence.
    execFile('systemd-notify', [word], { env: own }, () => undefined)
  }

  return {
    ready(): void {
      if (!socket) return
      say('READY=1')
      if (everyMs === null) return
      signs = setInterval(() => {
        if (isWell()) say('WATCHDOG=1')
      }, everyMs)
    },
    /** Ending in order may take its time: no sign is missed meanwhile. */
    stopping(): void {
      clearInterval(signs)
      if (socket) say('STOPPING=1')
    },
  }
}
