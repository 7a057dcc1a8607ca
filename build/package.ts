// npm run package: the kiosk under Electron as a folder (dist/packaged) for the appliance, with its fuses set. Fetches Electron's program.
import { Arch, build, Platform } from 'electron-builder'
import { buildPackedApp } from './electron-app.ts'
import { packaging } from './packaging.ts'
import { buildRelease0 } from './release0.ts'
import { buildVisitorScreen } from './screens.ts'

const say = (text: string) => console.log(text)
await buildVisitorScreen(say)
await buildRelease0(say)
await buildPackedApp(say)
const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64
try {
  await build({ targets: Platform.LINUX.createTarget('dir', arch), config: packaging, publish: 'never' })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
