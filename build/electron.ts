// The kiosk under Electron, as npm start and npm run kiosk start it: builds its program, then is nothing but a door to it.
//   node build/electron.ts --config FILE --data DIR --release0 DIR --screen DIR [--hub URL [--code CODE]]
import { spawn } from 'node:child_process'
import { plainEnvironment } from '../electron/kiosk/host/plain-environment.ts'
import { buildElectronApp, electronAppDir } from './electron-app.ts'
import { electronBinary, electronSwitches } from './electron-binary.ts'

const electron = await electronBinary()
if ('missing' in electron) {
  console.error(electron.missing)
  process.exit(1)
}
await buildElectronApp(console.error)
const child = spawn(electron.path, [...electronSwitches(), electronAppDir, ...process.argv.slice(2)], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: plainEnvironment(process.env),
})
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'))
child.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.on('exit', (code) => process.exit(code ?? 1))
