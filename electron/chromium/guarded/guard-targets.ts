import { z } from 'zod'
import { decideWindow } from '../../kiosk/internet/decide-window.ts'
import type { Devtools } from '../devtools-pipe.ts'

const attachedSchema = z.object({
  sessionId: z.string(),
  waitingForDebugger: z.boolean(),
  targetInfo: z.object({
    targetId: z.string(),
    type: z.string(),
    url: z.string(),
    browserContextId: z.string().optional(),
    openerId: z.string().optional(),
  }),
})
const detachedSchema = z.object({ sessionId: z.string() })
const pausedSchema = z.object({ requestId: z.string(), request: z.object({ url: z.string() }) })

type Options = {
  devtools: Devtools
  browserContextId: string
  prepare: (session: string) => Promise<unknown>
  /** A frame of another site, with a process of its own. */
  prepareFrame: (session: string) => Promise<unknown>
  /** One has come to be; what to do with the address that it asks for. */
  onWindow: () => { sinceTouchMs: number; openedSinceTouch: number; follow: (url: string) => void }
  onRefusedWindow: () => void
  onEvent: (method: string, params: Record<string, unknown>, session: string) => void
  onCrash: () => void
}

/** A window that has asked for nothing by then asks for nothing. */
const windowPatienceMs = 3_000
const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }

/** There is one page. Its frames are prepared before they run; every other window is held at its first request, judged and closed. */
export function guardTargets(options: Options) {
  const { devtools, browserContextId } = options
  const kinds = new Map<string, 'page' | 'frame' | 'window' | 'other'>()
  const windows = new Map<string, { targetId: string; late: NodeJS.Timeout; came: ReturnType<Options['onWindow']> }>()
  let page: { session: string; targetId: string } | null = null
  /** The page that is being opened by us. */
  let opening: ((prepared: Promise<unknown>) => void) | null = null

  /** Nothing is waited for here: an answer that never comes must hold up nobody. */
  const tell = (method: string, params: Record<string, unknown>, session: string | null) =>
    void devtools.send(method, params, session).catch(() => undefined)

  devtools.onEvent(({ method, params, sessionId }) => {
    if (method === 'Target.attachedToTarget') attached(params)
    else if (method === 'Target.detachedFromTarget') detached(params)
    else if (method === 'Browser.downloadWillBegin') options.onEvent(method, params, '')
    else if (sessionId === null) return
    else if (windows.has(sessionId)) {
      if (method === 'Fetch.requestPaused') judgeWindow(params, sessionId)
    } else if (method === 'Inspector.targetCrashed' && sessionId === page?.session) options.onCrash()
    else if (kinds.has(sessionId)) options.onEvent(method, params, sessionId)
  })

  function attached(params: Record<string, unknown>): void {
    const { sessionId, targetInfo } = attachedSchema.parse(params)
    const { type, targetId } = targetInfo
    if (targetInfo.browserContextId !== browserContextId) {
      tell('Runtime.runIfWaitingForDebugger', {}, sessionId)
      return
    }
    if (type === 'page' && opening !== null && targetInfo.openerId === undefined) {
      kinds.set(sessionId, 'page')
      page = { session: sessionId, targetId }
      const opened = opening
      opening = null
      opened(run(sessionId, options.prepare))
    } else if (type === 'iframe') {
      kinds.set(sessionId, 'frame')
      run(sessionId, options.prepareFrame).catch(() => undefined)
    } else if (type === 'page') holdWindow(sessionId, targetId)
    else {
      // Workers reach outside through the proxy alone. Waiting for set-up here has been seen to stop service workers for good.
      kinds.set(sessionId, 'other')
      tell('Runtime.runIfWaitingForDebugger', {}, sessionId)
    }
  }

  /** The commands are obeyed in order: what prepares a document is in place when it runs. */
  function run(session: string, prepare: (session: string) => Promise<unknown>): Promise<unknown> {
    tell('Target.setAutoAttach', autoAttach, session)
    const prepared = prepare(session)
    tell('Runtime.runIfWaitingForDebugger', {}, session)
    return prepared
  }

  function detached(params: Record<string, unknown>): void {
    const { sessionId } = detachedSchema.parse(params)
    kinds.delete(sessionId)
    const held = windows.get(sessionId)
    if (held) clearTimeout(held.late)
    windows.delete(sessionId)
  }

  /** Closing one while it waits would hang its opener; run first, and its first request leaves. So: hold what it asks for, let it run, judge. */
  function holdWindow(session: string, targetId: string): void {
    const late = setTimeout(() => closeWindow(session, null), windowPatienceMs)
    windows.set(session, { targetId, late, came: options.onWindow() })
    tell('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, session)
    tell('Runtime.runIfWaitingForDebugger', {}, session)
  }

  function judgeWindow(params: Record<string, unknown>, session: string): void {
    const { requestId, request } = pausedSchema.parse(params)
    tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' }, session)
    closeWindow(session, request.url)
  }

  function closeWindow(session: string, url: string | null): void {
    const held = windows.get(session)
    if (!held) return
    clearTimeout(held.late)
    windows.delete(session)
    tell('Target.closeTarget', { targetId: held.targetId }, null)
    if (url !== null && decideWindow({ ...held.came, url }) === 'follow') held.came.follow(url)
    else options.onRefusedWindow()
  }

  return {
    page: (): string | null => page?.session ?? null,
    mainFrame: (): string | null => page?.targetId ?? null,
    tell,
    /** A page in place of the one there was. Resolves when it is there. */
    async openPage(): Promise<void> {
      const before = page
      if (before === null) await devtools.send('Target.setAutoAttach', autoAttach)
      const attachedTo = new Promise<unknown>((done) => {
        opening = done
      })
      await devtools.send('Target.createTarget', { url: 'about:blank', browserContextId })
      // A navigation is the browser's own work and would not wait for what the page's process is still to obey.
      await attachedTo
      // One that hangs does not answer; it is gone with its browser at the latest.
      if (before !== null) tell('Target.closeTarget', { targetId: before.targetId }, null)
    },
  }
}
