// The kiosk process: plain Node, a child of its host (or of a terminal, with --host headless).
//   node electron/kiosk/process.ts --config FILE --data DIR --release0 DIR --screen DIR --host headless|chromium [--port N] [--hub URL --code CODE]
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { KioskError } from '../../contract/error-codes.ts'
import { systemClock } from './clock.ts'
import { createKiosk } from './kiosk.ts'
import { readConfig } from './read-config.ts'
import { serveScreen } from './screen-server/screen-server.ts'

try {
  await run()
} catch (error) {
  console.error(error instanceof KioskError ? error.message : error)
  process.exit(error instanceof KioskError && error.code === 'bad-arguments' ? 2 : 1)
}

async function run(): Promise<void> {
  const options = readOptions()
  const kiosk = await createKiosk({
    hostKind: options.host,
    dataDir: options.data,
    release0Dir: options.release0,
    config: readConfig(options.config),
    clock: systemClock(),
    log: (entry) => console.error(JSON.stringify(entry)),
  })
  if (options.hub && options.code && !kiosk.enrolled()) await kiosk.enrol({ hubUrl: options.hub, code: options.code })
  kiosk.start()
  const screen = await serveScreen({
    kiosk,
    screenDir: options.screen,
    port: options.port,
    hostKind: options.host,
  }).catch(async (error: unknown) => {
    await kiosk.stop()
    throw error
  })

  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    // What is queued may still go out, but nobody waits long for a hub that is away: it stays on the disk.
    const patience = new Promise((go) => setTimeout(go, 2_000).unref())
    void Promise.race([kiosk.flush(), patience])
      .then(() => screen.close())
      .then(() => kiosk.stop())
      .finally(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // A host that is gone leaves no kiosk behind.
  process.on('disconnect', end)
  process.on('message', (message) => {
    if (message === 'fresh-url') process.send?.({ url: screen.freshUrl() })
  })
  console.log(JSON.stringify({ ready: true, url: screen.url }))
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string' },
        data: { type: 'string' },
        release0: { type: 'string' },
        screen: { type: 'string' },
        host: { type: 'string', default: 'headless' },
        port: { type: 'string', default: '0' },
        hub: { type: 'string' },
        code: { type: 'string' },
      },
    })
    const need = (name: 'config' | 'data' | 'release0' | 'screen') => {
      const value = values[name]
      if (!value) throw new KioskError('bad-arguments', `--${name} is missing`)
      return resolve(value)
    }
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new KioskError('bad-arguments', `--port is a number from 0 to 65535, not "${values.port}"`)
    if (values.host !== 'headless' && values.host !== 'chromium')
      throw new KioskError('bad-arguments', `--host is headless or chromium, not "${values.host}"`)
    return {
      config: need('config'),
      data: need('data'),
      release0: need('release0'),
      screen: need('screen'),
      host: values.host as 'headless' | 'chromium',
      port,
      hub: values.hub,
      code: values.code,
    }
  } catch (error) {
    if (error instanceof KioskError) throw error
    throw new KioskError('bad-arguments', error instanceof Error ? error.message : String(error))
  }
}
