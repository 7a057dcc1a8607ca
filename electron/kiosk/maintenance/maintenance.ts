import { KioskError } from '../../../contract/error-codes.ts'
import type { LineTest, PinAnswer, ServiceDoor, ServiceView } from '../../../contract/maintenance.ts'
import type { Clock } from '../clock.ts'
import type { Report } from '../health/health-log.ts'
import { decidePinAttempt, lockOutFrom, noTries, waitAfter } from './decide-pin-attempt.ts'
import { pinFits } from './pin-hash.ts'
import type { PinStore } from './pin-store.ts'
import { createServiceSession } from './service-session.ts'

/** How the program ends or begins anew at the wish of staff. */
export type Departure = 'restart' | 'service'

type Options = {
  clock: Clock
  store: PinStore
  idleMs: number
  report: Report
  view: () => Omit<ServiceView, 'locksInMs'>
  testLine: () => Promise<LineTest>
  sendNow: () => Promise<{ outboxDepth: number }>
  enrol: (input: { hubUrl: string; code: string }) => Promise<{ kioskId: string }>
  /** null: nobody is there who could. */
  depart: ((how: Departure) => void) | null
}

/** The door to the service screen and what lies behind it. Everything behind it asks for the token first. */
export function createMaintenance(options: Options) {
  const { clock, store, report } = options
  const session = createServiceSession({
    uptimeMs: clock.uptimeMs,
    idleMs: options.idleMs,
    onEnd: (why) => report('maintenance-closed', 'info', { why }),
  })

  const now = () => ({ bootId: clock.bootId, uptimeMs: clock.uptimeMs() })

  function door(): ServiceDoor {
    if (store.hash() === null) return { state: 'none', waitMs: 0 }
    const { verdict, waitMs } = decidePinAttempt(store.tries(), now())
    return { state: verdict === 'locked-out' ? 'locked-out' : 'shut', waitMs: Math.ceil(waitMs) }
  }

  async function open(pin: string): Promise<PinAnswer> {
    const hash = store.hash()
    const before = door()
    if (hash === null || before.waitMs > 0) {
      report('maintenance-refused', 'warning', { reason: hash === null ? 'no-pin' : 'too-early' })
      return { state: 'refused', door: before }
    }
    // It counts as a wrong one until it has proved right: neither pulling the plug nor many at once win a try.
    const failures = store.tries().failures + 1
    store.setTries({ failures, ...now() })
    if (await pinFits(pin, hash)) {
      store.setTries(noTries)
      const begun = session.begin()
      report('maintenance-opened', 'info', { failuresBefore: failures - 1 })
      return { state: 'opened', ...begun }
    }
    const waitMs = waitAfter(failures)
    report('maintenance-refused', 'warning', { reason: 'wrong-pin', failures })
    if (failures >= lockOutFrom) report('maintenance-locked-out', 'error', { failures, minutes: waitMs / 60_000 })
    return { state: 'wrong', waitMs, triesLeft: Math.max(0, lockOutFrom - failures) }
  }

  /** @throws KioskError `not-permitted` */
  function admit(token: string, call: string): void {
    const judged = session.judge(token)
    if (judged === 'open') return
    if (judged === 'strange') report('maintenance-refused', 'warning', { reason: 'no-session', call })
    throw new KioskError('not-permitted', 'the service screen is locked')
  }
  function touch(token: string, call: string): void {
    admit(token, call)
    session.touch()
  }

  function depart(token: string, how: Departure): void {
    touch(token, how)
    if (options.depart === null) throw new KioskError('not-permitted', 'nobody is there to start it again')
    session.end('left')
    options.depart(how)
  }

  return {
    door,
    open,
    view(token: string): ServiceView {
      admit(token, 'view')
      return { ...options.view(), locksInMs: session.locksInMs() }
    },
    touched: (token: string): void => touch(token, 'touched'),
    testLine(token: string): Promise<LineTest> {
      touch(token, 'test-line')
      return options.testLine()
    },
    sendNow(token: string): Promise<{ outboxDepth: number }> {
      touch(token, 'send-now')
      return options.sendNow()
    },
    enrolAgain({ token, ...input }: { token: string; hubUrl: string; code: string }): Promise<{ kioskId: string }> {
      touch(token, 'enrol-again')
      return options.enrol(input)
    },
    restart: (token: string): void => depart(token, 'restart'),
    leave: (token: string): void => depart(token, 'service'),
    lock(token: string): void {
      admit(token, 'lock')
      session.end('locked')
    },
    /** Somebody of the staff is at the service screen. */
    occupied: (): boolean => session.locksInMs() > 0,
    look: session.look,
    /** Somebody visits: whoever was at the service screen is gone. */
    visitorCame: (): void => session.end('visitor'),
  }
}
export type Maintenance = ReturnType<typeof createMaintenance>
