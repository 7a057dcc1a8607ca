import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.webp': 'image/webp',
  '.png': 'image/png',
}
const zip = promisify(gzip)

export type ScreenFile = { type: string; bytes: Buffer; zipped: Buffer | null; immutable: boolean }

/** The built screen, read once and kept: a few megabytes that a kiosk serves for years. */
export function screenFiles(dir: string) {
  const kept = new Map<string, Promise<ScreenFile>>()

  async function read(file: string): Promise<ScreenFile> {
    const bytes = await readFile(file)
    const ending = extname(file)
    const shrinks = ['.html', '.js', '.css', '.svg', '.json'].includes(ending) && bytes.length > 500
    return {
      type: types[ending] ?? 'application/octet-stream',
      bytes,
      zipped: shrinks ? await zip(bytes) : null,
      // Vite names these by their content.
      immutable: file.includes(`${sep}assets${sep}`),
    }
  }

  /** @param path of the request, decoded; null when it is no file of the screen */
  return async (path: string): Promise<ScreenFile | null> => {
    if (path.includes('\0')) return null
    const file = normalize(join(dir, path === '/' ? 'index.html' : path))
    if (!file.startsWith(dir + sep) || !(extname(file) in types)) return null
    if (!kept.has(file)) {
      if (!existsSync(file) || !statSync(file).isFile()) return null
      kept.set(file, read(file))
    }
    return kept.get(file) ?? null
  }
}
