// npm run town -- COMMAND: what the engineer types. Works on the hub's data, whether the hub runs or not.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { KioskError } from '../contract/error-codes.ts'
import type { Command } from './command.ts'
import { composeHub, type HubParts } from './compose.ts'
import { inWords } from './in-words.ts'
import { certificateCommand } from './kiosks/certificate-command.ts'
import { enrolCommand, kiosksCommand, revokeCommand } from './kiosks/kiosk-commands.ts'
import { libraryCommand } from './library/library-command.ts'
import { openMecab } from './library/readings/mecab.ts'
import { publishCommand } from './releases/publish-command.ts'
import { reportCommand, verifyCountsCommand } from './reports/report-command.ts'
import { firstAdministratorCommand, resetPasswordCommand } from './staff/staff-commands.ts'

const commands: Command[] = [
  publishCommand,
  libraryCommand,
  reportCommand,
  enrolCommand,
  kiosksCommand,
  revokeCommand,
  certificateCommand,
  firstAdministratorCommand,
  resetPasswordCommand,
  verifyCountsCommand,
]
const usage = `usage: npm run town -- COMMAND\n${commands.map((command) => `  ${command.usage}`).join('\n')}`

const [name, ...args] = process.argv.slice(2)
const command = commands.find((one) => one.name === name)
const opened: HubParts[] = []

async function openHub(dataDir: string | undefined): Promise<HubParts> {
  const dir = dataDir ?? join(import.meta.dirname, '..', '.data', 'hub')
  const hub = await composeHub({
    dataDir: dir,
    databaseUrl: process.env.DATABASE_URL,
    clock: { nowMs: () => Date.now() },
    log: pino({ level: 'warn' }, pino.destination(2)),
    secure: existsSync(join(dir, 'tls')),
    openGuesser: openMecab,
  })
  opened.push(hub)
  return hub
}

function abortOn(name: 'SIGINT' | 'SIGUSR2'): AbortSignal {
  const aborting = new AbortController()
  process.on(name, () => aborting.abort())
  return aborting.signal
}

if (!command) {
  console.error(usage)
  process.exitCode = name === undefined || name === 'help' || name === '--help' ? 0 : 2
} else {
  try {
    process.exitCode = await command.run(args, {
      say: (line) => console.log(line),
      warn: (line) => console.error(line),
      write: (bytes) => process.stdout.write(bytes),
      openHub,
      abortOn,
    })
  } catch (error) {
    const wrongCall =
      (error instanceof KioskError && error.code === 'bad-arguments') ||
      (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    console.error(wrongCall && error instanceof Error ? error.message : inWords(error))
    if (wrongCall) console.error(`usage: npm run town -- ${command.usage}`)
    process.exitCode = wrongCall ? 2 : 1
  } finally {
    for (const hub of opened) {
      hub.releases.close()
      await hub.close()
    }
  }
}
