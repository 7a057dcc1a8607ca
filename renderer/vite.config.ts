import { join } from 'node:path'
import * as icons from '@mdi/js'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const iconPaths = new Map<string, string>(Object.entries(icons))

/** The icon set is one file, and so every icon of every menu would be in the first script: each goes where it is used. */
const iconsWhereUsed: Plugin = {
  name: 'icons-where-used',
  enforce: 'pre',
  transform(code, id) {
    if (!/renderer\/.*\.tsx?$/.test(id)) return
    const inlined = code.replace(
      /^import \{([^}]*)\} from '@mdi\/js'$/gm,
      (statement, names: string) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
          .map((name) => `const ${name} = ${JSON.stringify(iconPaths.get(name))};`)
          // The lines stay where they were.
          .join(' ') + '\n'.repeat(statement.split('\n').length - 1),
    )
    return inlined === code ? undefined : { code: inlined, map: null }
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [iconsWhereUsed, react()],
  build: {
    outDir: join(import.meta.dirname, '..', 'dist', 'renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // Everything is a file of ours: no data: URLs for scripts or fonts, so that the policy stays narrow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A program that comes later must not wait for a style sheet of its own, which a browser asks for once only.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 600,
  },
})
