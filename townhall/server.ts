// npm run hub -- [--data DIR] [--host HOST] [--port N] [--tls self-made|off] [--cert FILE --key FILE] [--content DIR] [--public-url URL]
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { KioskError } from '../contract/error-codes.ts'
import { createHub, type HubTls } from './app.ts'
import { inWords } from './in-words.ts'
import { openMecab } from './library/readings/mecab.ts'

const usage =
  'usage: npm run hub -- [--data DIR] [--host HOST] [--port N] [--tls self-made|off] [--cert FILE --key FILE] [--content DIR] [--public-url URL]'
const root = join(import.meta.dirname, '..')

try {
  const options = readOptions()
  const hub = await createHub(options)
  console.log(`hub listening ${hub.url}`)
  const link = await hub.parts.staff.firstAdministratorLink()
  if (link) console.log(`first administrator: ${link}`)
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    void hub.close().then(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
} catch (error) {
  console.error(inWords(error))
  if (error instanceof KioskError && error.code === 'bad-arguments') console.error(usage)
  process.exit(error instanceof KioskError && error.code === 'bad-arguments' ? 2 : 1)
}

function readOptions() {
  const { values } = parse()
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new KioskError('bad-arguments', `--port is a number from 0 to 65535, not "${values.port}"`)
  return {
    dataDir: values.data,
    ...(process.env.DATABASE_URL ? { databaseUrl: process.env.DATABASE_URL } : {}),
    host: values.host,
    port,
    ...(values['public-url'] ? { publicUrl: values['public-url'].replace(/\/$/, '') } : {}),
    tls: tlsOf(values),
    clock: { nowMs: () => Date.now() },
    log: pino({ level: process.env.LOG_LEVEL ?? 'warn' }, pino.destination(2)),
    consoleDir: resolve(values.console),
    contentDir: resolve(values.content),
    openGuesser: openMecab,
  }
}

function parse() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string', default: join(root, '.data', 'hub') },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8640' },
        tls: { type: 'string' },
        cert: { type: 'string' },
        key: { type: 'string' },
        'public-url': { type: 'string' },
        content: { type: 'string', default: join(root, 'content') },
        console: { type: 'string', default: join(root, 'dist', 'console') },
      },
    })
  } catch (error) {
    throw new KioskError('bad-arguments', error instanceof Error ? error.message : String(error))
  }
}

function tlsOf(values: {
  tls?: string | undefined
  cert?: string | undefined
  key?: string | undefined
  host: string
}): HubTls {
  if (values.cert && values.key) return { kind: 'files', certFile: values.cert, keyFile: values.key }
  if (values.cert || values.key) throw new KioskError('bad-arguments', '--cert and --key belong together')
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(values.host)
  const wanted = values.tls ?? (loopback ? 'off' : 'self-made')
  if (wanted === 'off' || wanted === 'self-made') return { kind: wanted }
  throw new KioskError('bad-arguments', `--tls is self-made or off, not "${wanted}"`)
}
