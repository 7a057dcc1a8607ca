import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'

/** What runs on the machine: the kiosk under its installed Chromium. The hub, the console and all that builds and tests stay at home. */
const sources = ['contract', 'electron/kiosk', 'electron/chromium']
const needs = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})

/** Lays the program out as it stands in /opt/kiosk: sources, screens and release 0 as built, packages it imports, and the Node it is tested with. */
export function layOutProgram(root: string, outDir: string): void {
  const isRun = (path: string) => !/\.test\.tsx?$|\/(?:testing|__snapshots__)(?:\/|$)|tsconfig\.json$/.test(path)
  for (const folder of sources)
    cpSync(join(root, folder), join(outDir, folder), { recursive: true, filter: (path) => isRun(relative(root, path)) })
  for (const one of ['package.json', 'kiosk-config', 'dist/renderer', 'dist/release0'])
    cpSync(join(root, one), join(outDir, one), { recursive: true })
  for (const dir of packagesNeeded(root)) cpSync(dir, join(outDir, relative(root, dir)), { recursive: true })
  mkdirSync(join(outDir, 'bin'), { recursive: true })
  cpSync(realpathSync(join(root, 'node_modules/.bin/node')), join(outDir, 'bin/node'))
}

/** Folders of every package that the sources import, and of what those need in turn. */
export function packagesNeeded(root: string): string[] {
  const found = new Set<string>()
  const visit = (name: string, from: string, optional: boolean) => {
    const dir = packageDir(name, from, root)
    if (dir === null) {
      if (optional) return
      throw new Error(`${name}, needed by ${relative(root, from) || 'the program'}, is not installed`)
    }
    if (found.has(dir)) return
    found.add(dir)
    const { dependencies, optionalDependencies } = needs.parse(
      JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')),
    )
    for (const needed of Object.keys(dependencies)) visit(needed, dir, needed in optionalDependencies)
    for (const needed of Object.keys(optionalDependencies)) visit(needed, dir, true)
  }
  for (const name of imported(root)) visit(name, root, false)
  return [...found].sort()
}

function packageDir(name: string, from: string, root: string): string | null {
  for (let dir = from; dir.startsWith(root); dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
  }
  return null
}

function imported(root: string): Set<string> {
  const names = new Set<string>()
  for (const folder of sources) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || file.includes('.test.') || file.startsWith('testing/')) continue
      const text = readFileSync(join(root, folder, file), 'utf8')
      for (const [, specifier = ''] of text.matchAll(/(?:from|import\()\s*'([^'.][^']*)'/g)) {
        if (specifier.startsWith('node:')) continue
        names.add(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
      }
    }
  }
  return names
}
