// npm run replay -- --table FILE.csv [--kiosks 6] [--faults N] [--seed S] [--json]
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildRelease0, release0Dir } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { menuNamesJa } from '../../contract/menu-ids.ts'
import { readTable, type TableCell } from './read-table.ts'
import { type ReplayResult, replay } from './replay.ts'

const root = join(import.meta.dirname, '..', '..')
const usage = 'usage: npm run replay -- --table FILE.csv [--kiosks 6] [--faults N] [--seed S] [--json]'
const say = (text: string) => console.error(text)

function readOptions() {
  const { values } = parseArgs({
    options: {
      table: { type: 'string' },
      kiosks: { type: 'string', default: '6' },
      faults: { type: 'string', default: '0' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
      json: { type: 'boolean', default: false },
    },
  })
  if (!values.table) throw new Error(usage)
  return {
    table: readTable(readFileSync(values.table, 'utf8')),
    kiosks: whole('--kiosks', values.kiosks, 1, 6),
    faults: whole('--faults', values.faults, 0, 100_000),
    seed: whole('--seed', values.seed, 0, 2 ** 32 - 1),
    json: values.json,
  }
}

function whole(name: string, text: string, from: number, to: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < from || value > to)
    throw new Error(`${name} is a whole number from ${from} to ${to}, not "${text}"`)
  return value
}

function printTable(result: ReplayResult, table: TableCell[]): void {
  for (const cell of result.perCell) {
    const name = menuNamesJa[table.find((one) => one.menu === cell.menu)?.menu ?? 'tourism']
    say(
      `${cell.fiscalYear}  ${String(cell.requested).padStart(7)} → ${String(cell.reported).padStart(7)}  ${name}${cell.requested === cell.reported ? '' : '  DIFFERENT'}`,
    )
  }
  say(
    `${result.exact ? 'exact' : 'NOT EXACT'}: ${result.requested} requested, ${result.reported} reported, ${result.lost} lost, ${result.duplicated} duplicated; ${result.seconds} s; seed ${result.seed}`,
  )
}

try {
  const options = readOptions()
  await buildVisitorScreen(say)
  await buildRelease0(say)
  const configDir = join(root, 'kiosk-config')
  const configFiles = readdirSync(configDir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(configDir, name))
  const result = await replay({ ...options, release0Dir, configFiles, progress: options.json ? () => undefined : say })
  if (!options.json) printTable(result, options.table)
  console.log(JSON.stringify(result))
  process.exit(result.exact ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(error instanceof Error && error.message.startsWith('usage') ? 2 : 1)
}
