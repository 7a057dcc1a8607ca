import { KioskError } from '../../contract/error-codes.ts'
import type { KioskStatus } from '../../contract/health.ts'
import { systemClock } from './clock.ts'
import { limitLog } from './health/limit-log.ts'
import type { ToHost } from './host/host-messages.ts'
import type { GuardedBrowser } from './internet/guarded-browser.ts'
import { createKiosk, type Kiosk, type KioskLogEntry } from './kiosk.ts'
import type { KioskArguments } from './kiosk-arguments.ts'
import type { Departure } from './maintenance/maintenance.ts'
import { setPinFromFile } from './maintenance/pin-store.ts'
import { readConfig } from './read-config.ts'

const signMs = 250
/** What is queued may still go out, but nobody waits long for a hub that is away: it stays on the disk. */
const flushPatienceMs = 2_000

export type RunningKiosk = { kiosk: Kiosk; end(): Promise<void> }

/** The kiosk as each kind of process runs it. `tell` reaches the host, if there is one. */
export async function runKiosk(
  args: KioskArguments,
  hostKind: KioskStatus['host'],
  tell: ((message: ToHost) => void) | null,
  guardedBrowser: GuardedBrowser | null = null,
  /** Where there is no host: whoever runs the process. */
  depart: (how: Departure) => void = () => undefined,
): Promise<RunningKiosk> {
  const kiosk = await createKiosk({
    hostKind,
    dataDir: args.data,
    release0Dir: args.release0,
    config: readConfig(args.config),
    clock: systemClock(),
    log: limitLog<KioskLogEntry>(
      ({ code }) => code,
      () => performance.now(),
      (entry) => console.error(JSON.stringify(entry)),
    ),
    guardedBrowser: guardedBrowser ?? undefined,
    onWorn: () => process.kill(process.pid, 'SIGTERM'),
    onDeparture: (how) => (tell === null ? depart(how) : tell({ is: 'departure', how })),
  })
  try {
    const pinFile = args['pin-file']
    if (pinFile !== undefined) await setPinFromFile(args.data, pinFile)
    await joinHub(kiosk, args)
  } catch (error) {
    await kiosk.stop()
    throw error
  }
  kiosk.start()
  const signs = setInterval(() => tell?.({ is: 'screen', ...kiosk.screen() }), signMs)
  return {
    kiosk,
    async end() {
      clearInterval(signs)
      const patience = new Promise((go) => setTimeout(go, flushPatienceMs).unref())
      await Promise.race([kiosk.flush(), patience])
      await kiosk.stop()
    },
  }
}

async function joinHub(kiosk: Kiosk, { hub, code }: KioskArguments): Promise<void> {
  if (hub === undefined) return
  if (!kiosk.enrolled()) {
    if (code !== undefined) await kiosk.enrol({ hubUrl: hub, code })
    return
  }
  const outcome = await kiosk.moveHub(hub)
  // The old address stays; a kiosk shows its screen and counts whatever the hub does.
  if (outcome === 'unreachable' || outcome === 'not-our-hub') {
    kiosk.report('config-refused', 'error', { option: '--hub', hub: hub.slice(0, 200), reason: outcome })
  }
}

/** @returns the exit code for what went wrong; tells the host, or the terminal where there is none. */
export function failWith(error: unknown, tell: ((message: ToHost) => void) | null): 1 | 2 {
  const known = error instanceof KioskError
  if (tell === null) console.error(known ? error.message : error)
  else {
    if (!known) console.error(error)
    const message = error instanceof Error ? error.message : String(error)
    tell({ is: 'failed', code: known ? error.code : 'internal', message })
  }
  return known && error.code === 'bad-arguments' ? 2 : 1
}
