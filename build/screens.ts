import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..')

export const rendererDir = join(root, 'dist', 'renderer')
export const consoleDir = join(root, 'dist', 'console')

type Say = (text: string) => void

/** The visitor's screen, built again where its sources changed since the last time; a second or two. */
export const buildVisitorScreen = (say: Say): Promise<void> => buildIfChanged('renderer', rendererDir, say)

/** The visitor's screen and the console. */
export async function buildScreens(say: Say): Promise<void> {
  await buildVisitorScreen(say)
  await buildIfChanged('townhall/console', consoleDir, say)
}

async function buildIfChanged(source: string, outDir: string, say: Say): Promise<void> {
  const stampFile = join(outDir, '.sources')
  const stamp = sourceStamp([join(root, source), join(root, 'contract')])
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say(`building ${source} …`)
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', source, '--logLevel', 'warn'],
    // Vitest's own NODE_ENV would make it the slow and large build for developers, and the stamp would keep it for everybody.
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
  )
  writeFileSync(stampFile, stamp)
}

/** A hash over names, sizes and times: enough to notice an edit, quick enough for every start. */
function sourceStamp(folders: string[]): string {
  const hash = createHash('sha256')
    .update('production')
    .update(readFileSync(join(root, 'package-lock.json')))
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) =>
      join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
    )) {
      if (!entry.isFile() || entry.name.includes('.test.')) continue
      const file = join(entry.parentPath, entry.name)
      const { size, mtimeMs } = statSync(file)
      hash.update(`${file}|${size}|${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}
