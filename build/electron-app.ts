import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
export const electronAppDir = join(root, 'dist', 'electron')

export const packedAppDir = join(root, 'dist', 'electron-packed')
/** The one package that is more than JavaScript; it lies beside the program. */
export const nativePackage = 'better-sqlite3'

type Kind = { outDir: string; packed: boolean }

/** Electron's entries as JavaScript: main, kiosk process and the thread of its library as modules, the preload as the script that a sandboxed page may have. Packages stay where they are. */
export const buildElectronApp = (say: (text: string) => void): Promise<void> =>
  buildApp({ outDir: electronAppDir, packed: false }, say)

/** The same with every package inside, for a machine that has none. */
export const buildPackedApp = (say: (text: string) => void): Promise<void> =>
  buildApp({ outDir: packedAppDir, packed: true }, say)

async function buildApp(kind: Kind, say: (text: string) => void): Promise<void> {
  const { outDir } = kind
  const stampFile = join(outDir, '.sources')
  const stamp = sourceStamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say('building electron …')
  rmSync(outDir, { recursive: true, force: true })
  mkdirSync(outDir, { recursive: true })
  const modules = {
    main: join(root, 'electron/main.ts'),
    utility: join(root, 'electron/kiosk/utility.ts'),
    // The kiosk process starts it as a thread, from beside itself.
    'library-worker': join(root, 'electron/kiosk/library/thread/library-worker.ts'),
  }
  await build(bundle(modules, 'mjs', kind))
  await build(bundle({ preload: join(root, 'electron/preload.ts') }, 'cjs', kind))
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(describeApp())}\n`)
  writeFileSync(stampFile, stamp)
}

function describeApp() {
  const { version, description, license } = z
    .object({ version: z.string(), description: z.string(), license: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  return { name: 'memuro-kiosk', version, description, license, author: '芽室町', type: 'module', main: 'main.mjs' }
}

function bundle(input: Record<string, string>, ending: 'mjs' | 'cjs', { outDir, packed }: Kind): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    ...(packed ? { ssr: { noExternal: true, external: ['electron', nativePackage] } } : {}),
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      outDir,
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
