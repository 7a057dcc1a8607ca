import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'

const root = join(import.meta.dirname, '..')
export const electronAppDir = join(root, 'dist', 'electron')

/** Electron's own three entries as JavaScript: main and kiosk process as modules, the preload as the script that a sandboxed page may have. Packages stay where they are. */
export async function buildElectronApp(say: (text: string) => void): Promise<void> {
  const stampFile = join(electronAppDir, '.sources')
  const stamp = sourceStamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say('building electron …')
  rmSync(electronAppDir, { recursive: true, force: true })
  mkdirSync(electronAppDir, { recursive: true })
  await build(bundle({ main: join(root, 'electron/main.ts'), utility: join(root, 'electron/kiosk/utility.ts') }, 'mjs'))
  await build(bundle({ preload: join(root, 'electron/preload.ts') }, 'cjs'))
  writeFileSync(
    join(electronAppDir, 'package.json'),
    `${JSON.stringify({ name: 'memuro-kiosk', type: 'module', main: 'main.mjs' })}\n`,
  )
  writeFileSync(stampFile, stamp)
}

function bundle(input: Record<string, string>, ending: 'mjs' | 'cjs'): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      outDir: electronAppDir,
      emptyOutDir: false,
      rolldownOptions: {
        input,
        external: ['electron'],
        output: {
          format: ending === 'mjs' ? 'es' : 'cjs',
          entryFileNames: `[name].${ending}`,
          chunkFileNames: `[name]-[hash].${ending}`,
        },
      },
    },
  }
}

function sourceStamp(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const folder of ['contract', 'electron']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (name.endsWith('.ts') && !name.includes('.test.'))
        hash.update(name).update(readFileSync(join(root, folder, name)))
    }
  }
  return hash.digest('hex')
}
