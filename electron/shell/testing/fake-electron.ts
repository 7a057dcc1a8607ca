// The few parts of Electron that the shell uses, for the shell's tests:
//   vi.mock('electron', () => import('./testing/fake-electron.ts'))
// A window draws nothing; a utility process is a thread; ports are real ones.
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { FakeContents, type FakeSession, session } from './fake-contents.ts'
import { FakePort } from './fake-port.ts'

class FakeApp extends EventEmitter {
  appPath = '/app'
  isPackaged = false
  exitCode: number | null = null
  readonly paths: Record<string, string> = {}
  readonly switches: Record<string, string | undefined> = {}
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => {
      this.switches[name] = value
    },
    hasSwitch: (name: string) => name in this.switches,
    removeSwitch: (name: string) => void delete this.switches[name],
  }
  /** Of each process; the page of `contents` runs in the one that has its id. */
  readonly metrics: { type?: string; pid: number; memory: { workingSetSize: number } }[] = []
  getAppMetrics = () => this.metrics
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

/** Words that were copied, until somebody clears them. */
export const clipboard = {
  text: '',
  clear: () => {
    clipboard.text = ''
  },
}

export const Menu = { setApplicationMenu: (_menu: null) => {} }

export const schemes: unknown[] = []
export const protocol = {
  registerSchemesAsPrivileged: (registered: unknown[]) => void schemes.push(...registered),
}

export { FakeContents, FakeSession, session, sessions } from './fake-contents.ts'

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  readonly options: Record<string, unknown>
  readonly webContents: FakeContents
  readonly loaded: string[] = []
  readonly contentView = {
    children: [] as WebContentsView[],
    addChildView: (view: WebContentsView) => void this.contentView.children.push(view),
    removeChildView: (view: WebContentsView) => {
      this.contentView.children = this.contentView.children.filter((child) => child !== view)
    },
  }
  private destroyed = false
  constructor(options: { webPreferences?: { session?: FakeSession } } = {}) {
    super()
    this.options = options
    this.webContents = new FakeContents(options.webPreferences?.session ?? session.defaultSession)
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

export class WebContentsView {
  static readonly all: WebContentsView[] = []
  readonly webContents: FakeContents
  readonly preferences: Record<string, unknown>
  bounds: unknown = null
  visible = true
  constructor({ webPreferences }: { webPreferences: { session: FakeSession } }) {
    this.preferences = webPreferences
    this.webContents = new FakeContents(webPreferences.session)
    WebContentsView.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  setBounds(bounds: unknown): void {
    this.bounds = bounds
  }
  setVisible(visible: boolean): void {
    this.visible = visible
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
  readonly options: { env?: NodeJS.ProcessEnv; execArgv?: string[] }
  constructor(script: string, argv: string[], options: FakeUtility['options']) {
    super()
    this.options = options
    this.thread = new Worker(join(import.meta.dirname, 'fake-utility.ts'), {
      workerData: script,
      argv,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: options.env,
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
  fork(script: string, argv: string[], options: FakeUtility['options']): FakeUtility {
    const begun = new FakeUtility(script, argv, options)
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
