import { KioskError } from '../../../contract/error-codes.ts'
import type { GuardedAsk } from '../internet/guarded-messages.ts'
import type { Departure } from '../maintenance/maintenance.ts'
import { type ScreenSigns, type ToHost, type ToKiosk, toHostSchema } from './host-messages.ts'
import type { Life } from './keep-running.ts'
import { createSilence, silenceTickMs } from './silence.ts'

/** A kiosk process as its host reaches it: a forked Node under Chromium, a utility process under Electron. */
export type KioskChannel = {
  pid: () => number | undefined
  send: (message: ToKiosk) => void
  onMessage: (listener: (message: unknown) => void) => void
  /** Settles with its last words. */
  exited: Promise<string>
  kill: () => void
}

export type KioskHandle = Life & {
  pid: number | undefined
  /** Opens the screen over loopback, once; empty where the host serves it. */
  url: string
  freshUrl(): Promise<string>
  picture(sha256: string): Promise<string | null>
  send: (message: ToKiosk) => void
}

type Options = {
  onScreen: (sign: ScreenSigns) => void
  onSession: (digest: string) => void
  /** A host that shows strange pages by a view does what is asked here. */
  onGuarded?: (asked: GuardedAsk) => void
  onDeparture?: (how: Departure) => void
  signal: AbortSignal
}

/** Enrolment may wait for the hub; the disk may be slow. */
const startLimitMs = 60_000
const endLimitMs = 6_000

/** Resolves when the kiosk is ready. @throws KioskError what the kiosk process failed with */
export async function kioskHandle(channel: KioskChannel, options: Options): Promise<KioskHandle> {
  const ready = Promise.withResolvers<string>()
  const urls: ((url: string) => void)[] = []
  const pictures = new Map<number, (path: string | null) => void>()
  let lastPicture = 0
  let failed: KioskError | null = null
  let over = false
  const silence = createSilence({ uptimeMs: () => performance.now(), pids: () => [channel.pid()] })
  let watching: NodeJS.Timeout | null = null
  const startedLate = setTimeout(hangs, startLimitMs)

  function hangs(): void {
    failed ??= new KioskError('internal', 'The kiosk process does not answer any more.')
    channel.kill()
  }

  channel.onMessage((raw) => {
    const told = toHostSchema.safeParse(raw)
    if (!told.success || over) return
    take(told.data)
  })

  function take(told: ToHost): void {
    if (told.is === 'ready') ready.resolve(told.url)
    if (told.is === 'failed') {
      failed = new KioskError(told.code, told.message)
      channel.send({ ask: 'end' })
    }
    if (told.is === 'url') urls.shift()?.(told.url)
    if (told.is === 'session') options.onSession(told.digest)
    if (told.is === 'guarded') options.onGuarded?.(told.asked)
    if (told.is === 'departure') options.onDeparture?.(told.how)
    if (told.is === 'picture') {
      pictures.get(told.id)?.(told.path)
      pictures.delete(told.id)
    }
    if (told.is === 'screen') {
      clearTimeout(startedLate)
      silence.heard()
      watching ??= setInterval(() => silence.tick() === 'hangs' && hangs(), silenceTickMs)
      options.onScreen(told)
    }
  }

  const ended = channel.exited.then((reason) => {
    over = true
    clearTimeout(startedLate)
    if (watching !== null) clearInterval(watching)
    options.signal.removeEventListener('abort', channel.kill)
    for (const answer of pictures.values()) answer(null)
    return failed?.message ?? reason
  })
  options.signal.addEventListener('abort', channel.kill)
  if (options.signal.aborted) channel.kill()
  const url = await Promise.race([
    ready.promise,
    ended.then((reason) => {
      throw failed ?? new KioskError('internal', `The kiosk process ended while starting: ${reason}`)
    }),
  ])
  options.signal.removeEventListener('abort', channel.kill)

  return {
    pid: channel.pid(),
    url,
    ended,
    send: channel.send,
    freshUrl: () =>
      Promise.race([
        new Promise<string>((resolve) => {
          urls.push(resolve)
          channel.send({ ask: 'url' })
        }),
        ended.then((reason) => {
          throw new Error(reason)
        }),
      ]),
    picture: (sha256) =>
      over
        ? Promise.resolve(null)
        : new Promise((resolve) => {
            lastPicture += 1
            pictures.set(lastPicture, resolve)
            channel.send({ ask: 'picture', id: lastPicture, sha256 })
          }),
    async end() {
      if (over) return
      channel.send({ ask: 'end' })
      const late = setTimeout(channel.kill, endLimitMs)
      await ended
      clearTimeout(late)
    },
  }
}
