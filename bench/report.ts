// The administrator's table over HTTP, beside a plain GROUP BY over the events themselves (PERFORMANCE.md 3). --full: 100 million events.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { pino } from 'pino'
import { type Report, reportSchema } from '../contract/report.ts'
import { createHub, type Hub } from '../townhall/app.ts'
import type { Bench } from './run.ts'
import { seedEvents } from './seed-events.ts'

const kioskCount = 6
const years = 10
const enrolledAtMs = Date.UTC(2016, 3, 1)
const firstYear = 2016
const smallRows = 1_000_000
const asks = 60
const targetMs = 100

export const run: Bench = async (emit, args) => {
  const largeRows = args.includes('--full') ? 100_000_000 : 20_000_000
  const dir = mkdtempSync(join(tmpdir(), 'bench-report-'))
  const hub = await createHub({
    dataDir: dir,
    host: '127.0.0.1',
    port: 0,
    tls: { kind: 'off' },
    clock: { nowMs: () => Date.now() },
    log: pino({ level: 'error' }, pino.destination(2)),
    consoleDir: dir,
  })
  const sqlite = new SQLite(join(dir, 'hub.sqlite'))
  try {
    const cookie = await signIn(hub)
    await enrolAll(hub)
    const ask = async (query: string): Promise<Report> => {
      const response = await fetch(`${hub.url}/api/v1/reports?${query}`, { headers: { cookie } })
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      return reportSchema.parse(await response.json())
    }
    const oneYear = `fiscalYear=${firstYear + years - 1}&by=month`
    const allYears = `fiscalYear=${firstYear}&toFiscalYear=${firstYear + years - 1}`

    for (const rows of [smallRows, largeRows]) {
      const size = `${rows / 1e6} M events`
      console.error(`seeding ${size} …`)
      const held = sqlite.prepare<[], { n: number }>('select count(*) as n from usage_events').get()?.n ?? 0
      seedEvents(sqlite, { kiosks: kioskCount, months: allMonths, events: rows - held })

      const started = performance.now()
      const raw = await hub.parts.usage.recount()
      const rawMs = performance.now() - started
      // While it counted, the line lay still for so long that the hub has closed it.
      await ask(oneYear).catch(() => ask(oneYear))
      emit({ name: `GROUP BY over the events, ${size}`, value: Math.round(rawMs), unit: 'ms' })
      for (const [name, query] of [
        ['monthly table of a year', oneYear],
        ['monthly table of ten years', `${allYears}&by=month`],
        ['table of ten years by kiosk', `${allYears}&by=kiosk`],
      ] as const) {
        const times = await timed(() => ask(query))
        const p99 = times[Math.ceil(times.length * 0.99) - 1] ?? 0
        emit({
          name: `${name}, six kiosks, ${size}`,
          value: Number((times[Math.floor(times.length / 2)] ?? 0).toFixed(1)),
          unit: 'ms',
          p99: Number(p99.toFixed(1)),
          ratioTo: 'GROUP BY over the events',
          timesFaster: Math.round(rawMs / (times[Math.floor(times.length / 2)] ?? 1)),
          target: targetMs,
          met: p99 <= targetMs,
        })
      }
      const wrong = differing(await ask(`${allYears}&by=month`), raw)
      emit({ name: `cells unlike the recount, ${size}`, value: wrong, unit: 'cells', target: 0, met: wrong === 0 })
    }
  } finally {
    sqlite.close()
    await hub.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

const allMonths = Array.from({ length: years * 12 }, (_, index) => ({
  year: firstYear + Math.floor((index + 3) / 12),
  month: ((index + 3) % 12) + 1,
}))

async function timed(act: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let at = 0; at < asks + 5; at += 1) {
    const started = performance.now()
    await act()
    times.push(performance.now() - started)
  }
  return times.slice(5).sort((a, b) => a - b)
}

/** Cells of the report and of the recount that say different numbers. */
function differing(report: Report, raw: readonly { month: string; menu: string; accesses: number }[]): number {
  const counted = new Map<string, number>()
  for (const { month, menu, accesses } of raw) {
    const key = `${month}|${menu}`
    counted.set(key, (counted.get(key) ?? 0) + Number(accesses))
  }
  return report.columns
    .flatMap((column, index) =>
      report.rows.map((row) => (counted.get(`${column.key}|${row.menu}`) ?? 0) !== row.counts[index]),
    )
    .filter(Boolean).length
}

/** The first administrator, by the link that the hub prints at its first start. @returns the session's cookie */
async function signIn(hub: Hub): Promise<string> {
  const token = (await hub.parts.staff.firstAdministratorLink())?.split('/').at(-1)
  const person = { name: '管理 太郎', email: 'admin@town.example', password: 'correct horse battery' }
  const post = (path: string, body: unknown) =>
    fetch(`${hub.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: hub.url },
      body: JSON.stringify(body),
    })
  await post(`/api/v1/staff/invitations/${token}`, person)
  const signedIn = await post('/auth/sign-in/email', person)
  if (!signedIn.ok) throw new Error(`sign-in: ${signedIn.status} ${await signedIn.text()}`)
  return signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function enrolAll(hub: Hub): Promise<void> {
  for (const [index, facility] of hub.parts.facilities.slice(0, kioskCount).entries()) {
    const codeId = `A${index}A0`
    await hub.parts.kiosks.addCode({ codeId, facilityId: facility.id, keyHex: '', expiresAtMs: Date.now() + 60_000 })
    await hub.parts.kiosks.enrol({
      facilityId: facility.id,
      name: facility.name,
      publicKeyX: 'x'.repeat(43),
      codeId,
      nowMs: enrolledAtMs,
    })
  }
}
