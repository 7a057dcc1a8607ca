import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { MenuId } from '../../contract/menu-ids.ts'
import { type Bridge, openBridgeSocket } from './bridge-socket.ts'

type Message = { ready?: string; flushed?: number; depth?: number }

/** A process that is started, killed without warning and started again, as a power switch would. */
export class Machine {
  protected child: ChildProcess | null = null
  readonly script: string
  readonly start: () => Record<string, unknown>

  constructor(script: string, start: () => Record<string, unknown>) {
    this.script = join(import.meta.dirname, script)
    this.start = start
  }

  /** @returns what the process said when it was ready: its address */
  async up(): Promise<string> {
    const child = fork(this.script, [JSON.stringify(this.start())], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.child = child
    return new Promise((resolve, reject) => {
      child.on('message', (message: Message) => message.ready && resolve(message.ready))
      child.on('exit', (code) => reject(new Error(`${this.script} ended (${code}) before it was ready`)))
    })
  }

  async kill(): Promise<void> {
    const child = this.child
    this.child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.on('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
}

/** One kiosk and the visitor before it. */
export class PlayedKiosk extends Machine {
  private bridge: Bridge | null = null
  private socket: WebSocket | null = null
  private flushes = 0
  private readonly waiting: (() => void)[] = []

  async power(): Promise<void> {
    const { socket, bridge } = await openBridgeSocket(await this.up())
    this.socket = socket
    this.bridge = bridge
    for (const go of this.waiting.splice(0)) go()
  }

  async cutPower(): Promise<void> {
    await this.kill()
    this.socket?.terminate()
    this.socket = null
    this.bridge = null
  }

  /** Resolves when the bridge answers (again). Whoever killed the kiosk starts it; one that died by itself fails the replay. */
  whenPowered(): Promise<void> {
    if (this.socket?.readyState === WebSocket.OPEN) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('a kiosk did not come back')), 30_000)
      this.waiting.push(() => {
        clearTimeout(late)
        resolve()
      })
    })
  }

  /** One touch on a menu's tile, by a visitor of its own. Asked again after a restart until the kiosk has answered. */
  async access(menu: MenuId): Promise<'recorded' | 'held'> {
    const input = { accessId: randomUUID(), visitId: randomUUID(), menu }
    for (;;) {
      try {
        const answer = await this.record(input)
        return answer.state === 'held' ? 'held' : 'recorded'
      } catch (error) {
        if (this.socket?.readyState === WebSocket.OPEN) throw error
        await this.whenPowered()
      }
    }
  }

  private record(input: { accessId: string; visitId: string; menu: MenuId }) {
    const { bridge, socket } = this
    if (!bridge || !socket) return Promise.reject(new Error('no power'))
    return new Promise<{ state: string }>((resolve, reject) => {
      const lost = () => reject(new Error('the kiosk went away'))
      socket.once('close', lost)
      bridge.usage
        .record(input)
        .then(resolve, reject)
        .finally(() => socket.off('close', lost))
    })
  }

  /** @returns how many counts are still queued after a try to send them all */
  flush(): Promise<number> {
    const child = this.child
    if (!child) return Promise.reject(new Error('no power'))
    const mine = ++this.flushes
    return new Promise((resolve, reject) => {
      const take = (message: Message) => {
        if (message.flushed !== mine) return
        child.off('message', take)
        resolve(message.depth ?? 0)
      }
      child.on('message', take)
      child.once('exit', () => reject(new Error('the kiosk ended during the last flush')))
      child.send({ flush: mine })
    })
  }
}
