import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const electronDir = join(import.meta.dirname, '..', 'node_modules', 'electron')
const patienceMs = 180_000

/** Electron's own program: there, or fetched now as its package does it, or why not. */
export async function electronBinary(): Promise<{ path: string } | { missing: string }> {
  const there = pathOfBinary()
  if (there !== null) return { path: there }
  try {
    await promisify(execFile)(process.execPath, [join(electronDir, 'install.js')], { timeout: patienceMs })
  } catch {
    return { missing: "Electron's program is not here and could not be fetched" }
  }
  const fetched = pathOfBinary()
  return fetched === null ? { missing: "Electron's program is not here and could not be fetched" } : { path: fetched }
}

/** Before the program's folder: Chromium has no sandbox as root, so a developer in a container goes without; on a kiosk it runs as a user of its own. */
export const electronSwitches = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

/** Where it lies, without fetching it. */
export function pathOfBinary(): string | null {
  const named = join(electronDir, 'path.txt')
  if (!existsSync(named)) return null
  const path = join(electronDir, 'dist', readFileSync(named, 'utf8').trim())
  return existsSync(path) ? path : null
}
