// A kiosk with a made-up web before it, in a process of its own as at a facility: `web-kiosk.ts portrait|landscape FOLDER`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { release0Dir } from '../build/release0.ts'
import { rendererDir } from '../build/screens.ts'
import { systemClock } from '../electron/kiosk/clock.ts'
import { createKiosk } from '../electron/kiosk/kiosk.ts'
import { readConfig } from '../electron/kiosk/read-config.ts'
import { serveScreen } from '../electron/kiosk/screen-server/screen-server.ts'
import { startWebTown } from '../tests/browser/web-town.ts'
import { webPages } from './web-pages.ts'

const [stage = 'portrait', folder = ''] = process.argv.slice(2)
const config = readConfig(join(import.meta.dirname, '..', 'kiosk-config', 'chuo-kominkan.json'))
const [widthPx, heightPx] = stage === 'portrait' ? [1080, 1920] : [1920, 1080]
mkdirSync(folder, { recursive: true })
const town = await startWebTown(webPages)
const kiosk = await createKiosk({
  hostKind: 'headless',
  dataDir: folder,
  release0Dir,
  // Open at whatever hour somebody measures, and nobody is sent away meanwhile.
  config: {
    ...config,
    opening: undefined,
    idle: { warnAfterMs: 600_000, warningMs: 120_000 },
    screen: { ...config.screen, widthPx, heightPx },
  },
  clock: systemClock(),
  log: (entry) => console.error(JSON.stringify(entry)),
  guardedBrowser: town.guardedBrowser,
  outside: town.outside,
  onDeparture: () => undefined,
})
kiosk.start()
const screen = await serveScreen({ kiosk, screenDir: rendererDir, port: 0, hostKind: 'headless' })
const tell = (words: Record<string, unknown>) => console.log(JSON.stringify(words))

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
let asked = 0
process.on('SIGUSR2', () => {
  asked += 1
  collectGarbage()
  tell({ heapBytes: process.memoryUsage().heapUsed, asked })
})
process.on('SIGTERM', async () => {
  await screen.close()
  await kiosk.stop()
  await town.close()
  process.exit(0)
})
tell({ ready: true, url: screen.url, pid: process.pid })
