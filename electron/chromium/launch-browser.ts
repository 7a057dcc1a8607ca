import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable, Writable } from 'node:stream'
import { KioskError } from '../../contract/error-codes.ts'
import { browserFlags } from './browser-flags.ts'
import { type Devtools, devtoolsOver } from './devtools-pipe.ts'

export type BrowserOptions = {
  program: string
  /** Made anew at each start: nothing of a visitor outlives the browser. */
  profileDir: string
  headless: boolean
  environment: NodeJS.ProcessEnv
  size: { widthPx: number; heightPx: number }
  /** In place of the flags of the kiosk's own screen. */
  flags?: (machine: { profileDir: string; asRoot: boolean }) => string[]
  /** Beside the preferences of the kiosk's own screen. */
  preferences?: Record<string, unknown>
}

export type LaunchedBrowser = {
  pid: number
  devtools: Devtools
  /** Settles with the last words. */
  ended: Promise<string>
  end(): Promise<void>
  /** At once, without asking it. */
  kill(): Promise<void>
}

const startLimitMs = 30_000
const endLimitMs = 3_000

/** Resolves when the browser answers. @throws KioskError `internal` with the browser's own reason */
export async function launchBrowser(options: BrowserOptions): Promise<LaunchedBrowser> {
  makeProfile(options.profileDir, options.preferences)
  const asRoot = process.getuid?.() === 0
  const flags = options.flags?.({ ...options, asRoot }) ?? browserFlags({ ...options, asRoot })
  const child = spawn(options.program, flags, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: options.environment,
    // A group of its own: Ctrl-C reaches only the host, and all its processes can be ended together.
    detached: true,
  })
  const lastWords = keepLastWords(child)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(`the browser ended (${signal ?? code})`))
  }).then((reason) => {
    endGroup(child)
    return reason
  })
  const [toBrowser, fromBrowser] = [child.stdio[3], child.stdio[4]]
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable))
    throw new KioskError('internal', 'Chromium gave no pipe')
  const devtools = devtoolsOver({ toBrowser, fromBrowser })
  const late = setTimeout(() => endGroup(child), startLimitMs)
  const answered = await Promise.race([
    devtools.send('Browser.getVersion').then(
      () => true,
      () => false,
    ),
    ended.then(() => false),
  ])
  clearTimeout(late)
  if (!answered) {
    endGroup(child)
    const reason = await ended
    throw new KioskError('internal', `Chromium (${options.program}) did not start: ${lastWords() ?? reason}`)
  }
  return {
    pid: child.pid ?? 0,
    devtools,
    ended,
    async end() {
      const tooLate = setTimeout(() => endGroup(child), endLimitMs)
      devtools.send('Browser.close').catch(() => undefined)
      await ended
      clearTimeout(tooLate)
      clearProfile(options.profileDir)
    },
    async kill() {
      endGroup(child)
      await ended
      clearProfile(options.profileDir)
    },
  }
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}

/** What no flag switches off: offers to translate, to keep passwords, to fill in, to print (D3, D14). */
const preferences = {
  translate: { enabled: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false, default_content_setting_values: { popups: 2, notifications: 2 } },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  browser: { check_default_browser: false },
  search: { suggest_enabled: false },
  alternate_error_pages: { enabled: false },
  safebrowsing: { enabled: false },
  printing: { enabled: false },
  bookmark_bar: { show_on_all_tabs: false },
}
/** D1, D2: no dialog of the system's for opening or saving. */
const localState = { select_file_dialogs: { allowed: false } }

function makeProfile(dir: string, further: Record<string, unknown> = {}): void {
  clearProfile(dir)
  mkdirSync(join(dir, 'Default'), { recursive: true, mode: 0o700 })
  writeFileSync(join(dir, 'Default', 'Preferences'), JSON.stringify({ ...preferences, ...further }))
  writeFileSync(join(dir, 'Local State'), JSON.stringify(localState))
}

/** Processes of a browser that was killed may still be writing for a moment. */
function clearProfile(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

/** Chromium says much that concerns nobody; one line of it is wanted when it does not start. */
function keepLastWords(child: ChildProcess): () => string | null {
  let words: string | null = null
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (/ERROR|FATAL|cannot|failed|Missing/i.test(line)) words = line.replace(/^\[[^\]]*\]\s*/, '').slice(0, 300)
    })
  }
  return () => words
}
