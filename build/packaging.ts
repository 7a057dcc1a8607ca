import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { nativePackage, packedAppDir } from './electron-app.ts'
import { release0Dir } from './release0.ts'
import { rendererDir } from './screens.ts'

const root = join(import.meta.dirname, '..')

/** What goes into the packaged program, and what it can no longer do. */
export const packaging: Configuration = {
  appId: 'jp.memuro.kiosk',
  productName: 'memuro-kiosk',
  directories: { app: packedAppDir, output: join(root, 'dist', 'packaged') },
  electronVersion: '45.4.1',
  files: [
    '*.{mjs,cjs,json}',
    {
      from: join(root, 'node_modules', nativePackage),
      to: `node_modules/${nativePackage}`,
      filter: ['package.json', 'LICENSE', 'lib/**', 'prebuilds/linux-*.node'],
    },
  ],
  extraResources: [
    { from: rendererDir, to: 'screen' },
    { from: release0Dir, to: 'release0' },
    { from: join(root, 'kiosk-config'), to: 'kiosk-config' },
  ],
  asar: true,
  asarUnpack: ['**/*.node'],
  // Every package is in the modules already but the native one, which comes with its binaries: the builder has nothing to look for or to compile.
  beforeBuild: async () => false,
  electronLanguages: ['ja', 'en-US'],
  electronFuses: {
    // E2: the program is no Node, takes nothing from Node's environment, and cannot be inspected.
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Electron looks at the archive's sum on macOS and Windows; on Linux it is the read-only root that keeps the archive as it is.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    // Nothing of ours is loaded from file:.
    grantFileProtocolExtraPrivileges: false,
  },
  linux: { target: ['dir'], executableName: 'memuro-kiosk', category: 'Utility' },
}
