// npm run kiosk -- --config kiosk-config/FILE.json [--headless] [--data DIR] [--port N] [--hub URL --code CODE] [--set-pin | --pin-file FILE]
// One kiosk by itself: without --hub it shows release 0 and keeps its counts until a hub is told.
// --set-pin asks for the PIN of the service screen; --pin-file (or KIOSK_PIN_FILE) reads it from a file that only we can read. Without a PIN there is no service screen.
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { setPin } from '../electron/kiosk/maintenance/pin-store.ts'
import { askPin } from './ask-pin.ts'
import { startChild } from './child.ts'
import { chooseHost } from './choose-host.ts'
import { hostScripts, readyUrl } from './host-scripts.ts'
import { buildRelease0, release0Dir } from './release0.ts'
import { buildVisitorScreen, rendererDir } from './screens.ts'

const root = join(import.meta.dirname, '..')
const usage =
  'usage: npm run kiosk -- --config kiosk-config/FILE.json [--headless] [--data DIR] [--port N] [--hub URL --code CODE] [--set-pin | --pin-file FILE]'

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string' },
        headless: { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        hub: { type: 'string' },
        code: { type: 'string' },
        'set-pin': { type: 'boolean', default: false },
        'pin-file': { type: 'string', default: process.env.KIOSK_PIN_FILE },
      },
    })
    if (!values.config) throw new Error('--config is missing: which of the facilities does this kiosk stand in?')
    return { ...values, config: resolve(values.config) }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}

async function choosePin(): Promise<void> {
  try {
    await setPin(dataDir, await askPin({ input: process.stdin, say }))
    say('PIN set.')
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(2)
  }
}

const options = readOptions()
const say = (text: string) => console.log(text)
const dataDir = resolve(options.data ?? join(root, '.data', `kiosk-${basename(options.config, '.json')}`))
if (options['set-pin']) await choosePin()
await buildVisitorScreen(say)
await buildRelease0(say)
const host = await chooseHost({ headless: options.headless })
say(host.why)

const args = [
  '--config',
  options.config,
  '--data',
  dataDir,
  '--release0',
  release0Dir,
  '--screen',
  rendererDir,
  '--port',
  options.port,
]
if (options.hub) args.push('--hub', options.hub)
if (options.code) args.push('--code', options.code)
if (options['pin-file']) args.push('--pin-file', resolve(options['pin-file']))
const { script, extra } = hostScripts[host.kind]
const kiosk = startChild(join(root, script), [...args, ...extra], { cwd: root, name: 'kiosk' })
let ending = false
const end = () => {
  ending = true
  void kiosk.stop()
}
process.on('SIGINT', end)
process.on('SIGTERM', end)
void kiosk.exited.then((code) => process.exit(ending ? 0 : code))
try {
  say(`ready kiosk=${await kiosk.line(readyUrl)}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
}
