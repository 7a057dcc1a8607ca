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
  address(): Promise<string>
  windows(): Promise<number>
  /** The ways out that were tried and written down. */
  attempts(): string[]
  killScreen(): Promise<void>
  killKiosk(): Promise<void>
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

export function hostArguments(folder: string) {
  return {
    config: join(root, 'kiosk-config', 'chuo-kominkan.json'),
    data: dataDir(folder),
    release0: release0Dir,
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

/** Accesses on the kiosk's disk. The kiosk has its file to itself: what is looked at is a copy of what lies there. */
export function accessesIn(folder: string): number {
  const copy = mkdtempSync(join(folder, 'copy-'))
  for (const name of ['outbox.sqlite', 'outbox.sqlite-wal']) {
    if (existsSync(join(dataDir(folder), name))) copyFileSync(join(dataDir(folder), name), join(copy, name))
  }
  const file = new Database(join(copy, 'outbox.sqlite'))
  try {
    return Number(file.prepare('select count(*) from usage').pluck().get())
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

export function filesNamed(folder: string, part: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(part))
}
