// The kiosk under an installed Chromium:
//   node electron/chromium/main.ts --config FILE --data DIR --release0 DIR --screen DIR [--port N] [--hub URL [--code CODE]] [--pin-file FILE] [--browser-headless]
// --browser-headless draws without a window; for tests. Ends with 86 when staff want the machine for service.
import { KioskError } from '../../contract/error-codes.ts'
import { logToStandardError } from '../kiosk/host/host-log.ts'
import { serviceExitCode } from '../kiosk/host/service-exit-code.ts'
import { takeServiceManager } from '../kiosk/host/service-manager.ts'
import { readKioskArguments } from '../kiosk/kiosk-arguments.ts'
import { createChromiumHost } from './chromium-host.ts'

try {
  await run()
} catch (error) {
  console.error(error instanceof KioskError ? error.message : error)
  process.exit(error instanceof KioskError && error.code === 'bad-arguments' ? 2 : 1)
}

async function run(): Promise<void> {
  const { kiosk, values } = readKioskArguments(process.argv.slice(2), {
    'browser-headless': { type: 'boolean', default: false },
  })
  const host = createChromiumHost({
    kiosk,
    headless: values['browser-headless'] === true,
    environment: process.env,
    log: logToStandardError,
  })
  const manager = takeServiceManager(process.env, host.isWell)
  let ending = false
  const end = (code: number) => {
    if (ending) return
    ending = true
    manager.stopping()
    void host.stop().finally(() => process.exit(code))
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0))
  void host.wantedForService.then(() => end(serviceExitCode))
  try {
    const { url } = await host.start()
    manager.ready()
    console.log(JSON.stringify({ ready: true, url }))
  } catch (error) {
    if (!ending) throw error
  }
}
