// The kiosk under an installed Chromium:
//   node electron/chromium/main.ts --config FILE --data DIR --release0 DIR --screen DIR [--port N] [--hub URL [--code CODE]] [--browser-headless]
// --browser-headless draws without a window; for tests.
import { KioskError } from '../../contract/error-codes.ts'
import { logToStandardError } from '../kiosk/host/host-log.ts'
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
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    void host.stop().finally(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('SIGHUP', end)
  try {
    const { url } = await host.start()
    console.log(JSON.stringify({ ready: true, url }))
  } catch (error) {
    if (!ending) throw error
  }
}
