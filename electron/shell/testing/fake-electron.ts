// The few parts of Electron that the shell uses, for the shell's tests:
//   vi.mock('electron', () => import('./testing/fake-electron.ts'))
// A window draws nothing; a utility process is a thread; ports are real ones.
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { FakePort } from './fake-port.ts'

class FakeApp extends EventEmitter {
  appPath = '/app'
  exitCode: number | null = null
  readonly paths: Record<string, string> = {}
  readonly switches: Record<string, string | undefined> = {}
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => {
      this.switches[name] = value
    },
  }
  getAppPath = () => this.appPath
  whenReady = async () => {}
  setPath(name: string, path: string): void {
    this.paths[name] = path
  }
  exit(code: number): void {
    this.exitCode = code
  }
}
export const app = new FakeApp()

export const Menu = { setApplicationMenu: (_menu: null) => {} }

export const schemes: unknown[] = []
export const protocol = {
  registerSchemesAsPrivileged: (registered: unknown[]) => void schemes.push(...registered),
}

type Answerer<T> = (answer: T) => void
class FakeSession extends EventEmitter {
  requestPermission: (contents: unknown, permission: string, answer: Answerer<boolean>) => void = () => {}
  checkPermission: () => boolean = () => true
  checkDevice: () => boolean = () => true
  beforeRequest: (request: { url: string }, answer: Answerer<{ cancel: boolean }>) => void = () => {}
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>()
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      void this.handlers.set(scheme, handler),
  }
  readonly webRequest = {
    onBeforeRequest: (handler: FakeSession['beforeRequest']) => {
      this.beforeRequest = handler
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
}
export const sessions = new Map<string, FakeSession>()
export const session = {
  fromPartition(name: string): FakeSession {
    const made = sessions.get(name) ?? new FakeSession()
    sessions.set(name, made)
    return made
  },
}

class FakeContents extends EventEmitter {
  readonly mainFrame = { url: 'about:blank' }
  openWindow: (asked: { url: string }) => { action: string } = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: FakeContents['openWindow']): void {
    this.openWindow = handler
  }
  async setVisualZoomLevelLimits(_from: number, _to: number): Promise<void> {}
  setZoomFactor(_factor: number): void {}
  private destroyed = false
  isDestroyed = () => this.destroyed
  destroy(): void {
    this.destroyed = true
  }
  postMessage(channel: string, _message: unknown, ports: FakePort[]): void {
    this.emit('posted', channel, ports)
  }
  forcefullyCrashRenderer(): void {
    setImmediate(() => this.emit('render-process-gone', {}, { reason: 'killed' }))
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  readonly options: Record<string, unknown>
  readonly webContents = new FakeContents()
  readonly loaded: string[] = []
  private destroyed = false
  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url
    this.loaded.push(url)
    this.webContents.emit('did-finish-load')
    this.emit('loaded')
  }
  isDestroyed = () => this.destroyed
  destroy(): void {
    this.destroyed = true
    this.webContents.destroy()
    this.emit('closed')
  }
}

export const ipcMain = new EventEmitter()

export class MessageChannelMain {
  readonly port1: FakePort
  readonly port2: FakePort
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new FakePort(port1)
    this.port2 = new FakePort(port2)
  }
}

class FakeUtility extends EventEmitter {
  readonly pid = undefined
  private readonly thread: Worker
  constructor(script: string, argv: string[]) {
    super()
    this.thread = new Worker(join(import.meta.dirname, 'fake-utility.ts'), {
      workerData: script,
      argv,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stderr: true,
    })
    this.thread.on('message', (message) => this.emit('message', message))
    this.thread.on('exit', (code) => this.emit('exit', code))
  }
  postMessage(message: unknown, ports: FakePort[] = []): void {
    const raw = ports.map((port) => port.raw)
    this.thread.postMessage({ message, ports: raw }, raw)
  }
  /** As by SIGKILL. */
  async die(): Promise<void> {
    await this.thread.terminate()
  }
}
export const utilities: FakeUtility[] = []
export const utilityProcess = {
  fork(script: string, argv: string[]): FakeUtility {
    const begun = new FakeUtility(script, argv)
    utilities.push(begun)
    return begun
  },
}

export const exposed: Record<string, Record<string, () => void>> = {}
export const contextBridge = {
  exposeInMainWorld: (name: string, api: Record<string, () => void>) => {
    exposed[name] = api
  },
}
class FakeIpcRenderer extends EventEmitter {
  readonly sent: string[] = []
  send(channel: string): void {
    this.sent.push(channel)
  }
}
export const ipcRenderer = new FakeIpcRenderer()
