import { EventEmitter } from 'node:events'
import type { FakePort } from './fake-port.ts'

type Answerer<T> = (answer: T) => void
type Request = { url: string; resourceType?: string }
type Headers = Record<string, string[]>

/** A session, as far as a way in or out of it can be tried. */
export class FakeSession extends EventEmitter {
  requestPermission: (contents: unknown, permission: string, answer: Answerer<boolean>) => void = () => {}
  checkPermission: () => boolean = () => true
  checkDevice: () => boolean = () => true
  beforeRequest: (request: Request, answer: Answerer<{ cancel: boolean }>) => void = () => {}
  beforeSendHeaders: (
    request: { requestHeaders: Record<string, string> },
    answer: Answerer<{ cancel: boolean }>,
  ) => void = () => {}
  headersReceived: (
    response: { resourceType: string; responseHeaders: Headers },
    answer: Answerer<{ responseHeaders: Headers }>,
  ) => void = () => {}
  proxy: unknown = null
  /** What it keeps of a visitor. */
  readonly kept = new Set(['connections', 'storage', 'cache', 'code', 'auth', 'hosts'])
  readonly handlers = new Map<string, (request: globalThis.Request) => Promise<Response>>()
  readonly protocol = {
    handle: (scheme: string, handler: (request: globalThis.Request) => Promise<Response>) =>
      void this.handlers.set(scheme, handler),
  }
  readonly webRequest = {
    onBeforeRequest: (handler: FakeSession['beforeRequest']) => {
      this.beforeRequest = handler
    },
    onBeforeSendHeaders: (handler: FakeSession['beforeSendHeaders']) => {
      this.beforeSendHeaders = handler
    },
    onHeadersReceived: (handler: FakeSession['headersReceived']) => {
      this.headersReceived = handler
    },
  }
  setSpellCheckerEnabled(_enabled: boolean): void {}
  setPermissionRequestHandler(handler: FakeSession['requestPermission']): void {
    this.requestPermission = handler
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.checkPermission = handler
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.checkDevice = handler
  }
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0 memuro-kiosk/0.1.0 Electron/45.4.1 Safari/537.36'
  getUserAgent = () => this.userAgent
  language = ''
  setUserAgent(userAgent: string, language: string): void {
    this.userAgent = userAgent
    this.language = language
  }
  async setProxy(proxy: unknown): Promise<void> {
    this.proxy = proxy
  }
  private forget = async (what: string) => void this.kept.delete(what)
  closeAllConnections = () => this.forget('connections')
  clearStorageData = () => this.forget('storage')
  clearCache = () => this.forget('cache')
  clearCodeCaches = () => this.forget('code')
  clearAuthCache = () => this.forget('auth')
  clearHostResolverCache = () => this.forget('hosts')
}

export const sessions = new Map<string, FakeSession>()
export const session = {
  fromPartition(name: string): FakeSession {
    const made = sessions.get(name) ?? new FakeSession()
    sessions.set(name, made)
    return made
  },
  get defaultSession(): FakeSession {
    return session.fromPartition('')
  },
}

class FakeDebugger extends EventEmitter {
  readonly sent: { method: string; params: unknown; sessionId: string | undefined }[] = []
  attach(): void {}
  async sendCommand(method: string, params?: unknown, sessionId?: string): Promise<unknown> {
    this.sent.push({ method, params, sessionId })
    return {}
  }
}

/** A page that draws nothing and goes where it is told, as long as nobody holds it. */
export class FakeContents extends EventEmitter {
  readonly session: FakeSession
  readonly debugger = new FakeDebugger()
  readonly mainFrame = { url: 'about:blank', framesInSubtree: [{ osProcessId: 4242 }] }
  readonly zooms: number[] = []
  history: string[] = []
  at = -1
  constructor(of: FakeSession) {
    super()
    this.session = of
  }
  openWindow: (asked: { url: string }) => { action: string } = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: FakeContents['openWindow']): void {
    this.openWindow = handler
  }
  async setVisualZoomLevelLimits(_from: number, _to: number): Promise<void> {}
  setZoomFactor(factor: number): void {
    this.zooms.push(factor)
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtc = policy
  }
  webRtc = 'default'
  focus(): void {}
  stop(): void {}
  reload(): void {
    this.emit('did-navigate', {}, this.history[this.at], 200)
  }
  /** Its own thread answers nothing. */
  hangs = false
  /** What is drawn where the mark is. */
  draws: () => string = () => String(performance.now())
  getOSProcessId = () => process.pid
  executeJavaScript = (_script: string): Promise<unknown> =>
    this.hangs ? new Promise(() => undefined) : Promise.resolve()
  async capturePage(): Promise<{ isEmpty(): boolean; toBitmap(): Buffer }> {
    const drawn = this.draws()
    return { isEmpty: () => drawn === '', toBitmap: () => Buffer.from(drawn) }
  }

  readonly navigationHistory = {
    canGoBack: () => this.at > 0,
    canGoForward: () => this.at < this.history.length - 1,
    goBack: () => this.arrive(this.at - 1),
    goForward: () => this.arrive(this.at + 1),
    clear: () => {
      this.history = this.history.slice(this.at)
      this.at = 0
    },
  }
  /** By the address bar that there is none of: requests are judged, navigations are not. */
  async loadURL(url: string): Promise<void> {
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false })
    if (url !== 'about:blank' && this.request(url)) {
      this.emit('did-fail-load', {}, -20, 'ERR_BLOCKED_BY_CLIENT', url, true)
      throw new Error('ERR_BLOCKED_BY_CLIENT')
    }
    this.history = [...this.history.slice(0, this.at + 1), url]
    this.arrive(this.history.length - 1)
  }
  private request(url: string): boolean {
    let cancelled = false
    this.session.beforeRequest({ url, resourceType: 'mainFrame' }, ({ cancel }) => {
      cancelled = cancel
    })
    return cancelled
  }
  private arrive(at: number): void {
    this.at = at
    const url = this.history[at] ?? ''
    this.mainFrame.url = url
    this.emit('did-navigate', {}, url, 200)
    this.emit('did-finish-load')
  }

  private destroyed = false
  isDestroyed = () => this.destroyed
  destroy(): void {
    this.destroyed = true
    this.emit('destroyed')
  }
  close(): void {
    this.destroy()
  }
  postMessage(channel: string, _message: unknown, ports: FakePort[]): void {
    this.emit('posted', channel, ports)
  }
  forcefullyCrashRenderer(): void {
    setImmediate(() => this.emit('render-process-gone', {}, { reason: 'killed' }))
  }
}
