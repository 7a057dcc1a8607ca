import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { release0Dir } from '../../../build/release0.ts'
import { rendererDir } from '../../../build/screens.ts'

/** One host that runs for real, as the suite drives it. */
export type RunningHost = {
  url: string
  /** Whether the screen shows something of this `data-name`. */
  sees(name: string): Promise<boolean>
  touch(name: string): Promise<void>
  /** What a page that turned bad might try; counts as touched by a visitor. */
  tries(script: string): Promise<void>
  /** In the page, for what has no name. Rejects while there is none. */
  evaluate(expression: string): Promise<unknown>
  address(): Promise<string>
  windows(): Promise<number>
  /** The ways out that were tried and written down. */
  attempts(): string[]
  killScreen(): Promise<void>
  killKiosk(): Promise<void>
  /** The processes of its screen of this kind, as they are now. */
  screenProcesses(kind: 'renderer' | 'GPU'): Promise<number[]>
  kioskPid(): Promise<number>
  /** Resolves with true when the page has had two frames. */
  framesPass(): Promise<unknown>
  /** What it wrote down: the code and its particulars. */
  logged(): { event: string; detail: Record<string, unknown> }[]
  stop(): Promise<void>
}

/** The same host from a command line. */
export type HostCommand = { program: string; args: string[]; environment: NodeJS.ProcessEnv }

export type HostUnderTest = {
  name: string
  /** Why it cannot run on this machine; null: it can. */
  missing: string | null
  /** Once, before all. */
  prepare(): Promise<void>
  start(folder: string): Promise<RunningHost>
  command(folder: string): HostCommand
}

const root = join(import.meta.dirname, '..', '..', '..')

const dataDir = (folder: string) => join(folder, 'kiosk')

export function hostArguments(
  folder: string,
  config = join(root, 'kiosk-config', 'chuo-kominkan.json'),
  release0 = release0Dir,
) {
  return {
    config,
    data: dataDir(folder),
    release0,
    screen: rendererDir,
    port: 0,
  }
}

/** A home of its own, so that what is carried off would be found; and a mark by which each process of this host is known. */
export const hostEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  HOME: folder,
  HOST_UNDER_TEST: folder,
})

/** Accesses on the kiosk's disk. */
export const accessesIn = (folder: string): number => Number(askOutbox(folder, 'select count(*) from usage')[0])

/** What the kiosk wrote down for the hub. */
export const healthCodesIn = (folder: string): string[] => askOutbox(folder, 'select code from health').map(String)

/** The kiosk has its file to itself: what is looked at is a copy of what lies there. */
function askOutbox(folder: string, question: string): unknown[] {
  const copy = mkdtempSync(join(folder, 'copy-'))
  for (const name of ['outbox.sqlite', 'outbox.sqlite-wal']) {
    if (existsSync(join(dataDir(folder), name))) copyFileSync(join(dataDir(folder), name), join(copy, name))
  }
  const file = new Database(join(copy, 'outbox.sqlite'))
  try {
    return file.prepare(question).pluck().all()
  } finally {
    file.close()
  }
}

/** Every process that was started with this folder, in whatever generation. */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    try {
      const said = `${readFileSync(`/proc/${pid}/environ`)}${readFileSync(`/proc/${pid}/cmdline`)}`
      const dead = /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
      return said.includes(folder) && !dead ? [pid] : []
    } catch {
      return []
    }
  })
}

/** One that ended by itself meanwhile needs no signal: a browser's processes come and go, and take others with them. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}

export function filesNamed(folder: string, part: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(part))
}
