// The hub of the replay: the product's hub on a played clock.
import { flushCompileCache } from 'node:module'
import { pino } from 'pino'
import { createHub } from '../../townhall/app.ts'
import { openPlayedTime } from './played-time.ts'

type Start = { timeFile: string; dataDir: string; port: number; consoleDir: string }

const start: Start = JSON.parse(process.argv[2] ?? '{}')
const time = openPlayedTime(start.timeFile, 'read')
const hub = await createHub({
  dataDir: start.dataDir,
  host: '127.0.0.1',
  port: start.port,
  tls: { kind: 'off' },
  clock: { nowMs: () => Math.round(time.trueMs()) },
  log: pino({ level: process.env.REPLAY_VERBOSE ? 'warn' : 'silent' }),
  consoleDir: start.consoleDir,
})
process.send?.({ ready: hub.url })
// It will be killed without warning: what was compiled is kept for the next start now.
flushCompileCache()
