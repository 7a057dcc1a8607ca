import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** An empty house with our own rules (compiler, linter, import zones) in which a test plants its violation. */
export function plantHouse(files: Record<string, string>): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'planted-'))
  for (const name of ['tsconfig.base.json', '.dependency-cruiser.cjs', 'biome.json', 'package.json'])
    cpSync(join(root, name), join(dir, name))
  for (const name of [
    'contract',
    'electron/kiosk',
    'electron/chromium',
    'electron/shell',
    'renderer',
    'townhall',
    'townhall/console',
  ]) {
    mkdirSync(join(dir, name), { recursive: true })
    cpSync(join(root, name, 'tsconfig.json'), join(dir, name, 'tsconfig.json'))
  }
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}
