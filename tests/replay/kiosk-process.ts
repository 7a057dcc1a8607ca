// One kiosk of the replay: the product's kiosk and its real bridge; only time and the size of its disk are played.
import { readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { facilityConfigSchema } from '../../contract/facility-config.ts'
import { createKiosk } from '../../electron/kiosk/kiosk.ts'
import { serveScreen } from '../../electron/kiosk/screen-server/screen-server.ts'
import { openPlayedTime } from './played-time.ts'

type Start = {
  timeFile: string
  kiosk: number
  configFile: string
  dataDir: string
  release0Dir: string
  screenDir: string
  hubUrl: string
  code: string | null
  bootMs: number
}

const start: Start = JSON.parse(process.argv[2] ?? '{}')
const time = openPlayedTime(start.timeFile, 'read')

const kiosk = await createKiosk({
  hostKind: 'headless',
  dataDir: start.dataDir,
  release0Dir: start.release0Dir,
  config: facilityConfigSchema.parse(JSON.parse(readFileSync(start.configFile, 'utf8'))),
  clock: {
    wallMs: () => time.trueMs() + time.wallErrorMs(start.kiosk),
    uptimeMs: () => time.trueMs() - start.bootMs,
    timerMs: () => time.trueMs() - start.bootMs,
    bootId: `replay-${start.kiosk}`,
  },
  log: (entry) => {
    if (process.env.REPLAY_VERBOSE) console.error(`kiosk ${start.kiosk}`, JSON.stringify(entry))
  },
  outboxPageLimit: () => time.pageLimit(start.kiosk),
  // Back-off in real milliseconds: a played year takes a minute.
  timing: {
    gatherMs: 300,
    retryFirstMs: 20,
    retryMaxMs: 250,
    requestTimeoutMs: 5_000,
    heldRetryMs: 50,
    streamSilenceMs: 3_600_000,
    heartbeatMs: 5_000,
  },
})
if (start.code) await kiosk.enrol({ hubUrl: start.hubUrl, code: start.code })
kiosk.start()
const screen = await serveScreen({ kiosk, screenDir: start.screenDir, port: 0, hostKind: 'headless' })

process.on('message', (message: { flush: number }) => {
  void kiosk.flush().then(() => process.send?.({ flushed: message.flush, depth: kiosk.status().outboxDepth }))
})
process.send?.({ ready: screen.url })
// It will be killed without warning: what was compiled is kept for the next start now.
flushCompileCache()
