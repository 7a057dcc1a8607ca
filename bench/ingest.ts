// Counts to the hub over HTTP, beside bare inserts into the same database and bare HTTP (PERFORMANCE.md 3).
import { fork } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { pino } from 'pino'
import { usageBatchMaxEvents } from '../contract/usage-event.ts'
import { createKiosk } from '../electron/kiosk/kiosk.ts'
import { openOutbox } from '../electron/kiosk/outbox/open-outbox.ts'
import { playedClock, testConfig } from '../electron/kiosk/testing/test-kiosk.ts'
import { createHub, type Hub } from '../townhall/app.ts'
import type { Load } from './ingest-loader.ts'
import type { Bench } from './run.ts'
import { seedEvents } from './seed-events.ts'

const kioskCount = 6
const batchesEach = 80
const roundEvents = kioskCount * batchesEach * usageBatchMaxEvents
const rounds = 5
const smallRows = 1_000_000
const largeRows = 20_000_000
const ratioTarget = 0.6
const flatTarget = 0.8
const backlogEvents = 100_000
const backlogTargetMs = 10_000
/** Kiosk numbers under which the bare inserts write, beside the hub's own. */
const bareKiosk = 100

export const run: Bench = async (emit) => {
  const dir = mkdtempSync(join(tmpdir(), 'bench-ingest-'))
  const hub = await createHub({
    dataDir: dir,
    host: '127.0.0.1',
    port: 0,
    tls: { kind: 'off' },
    clock: { nowMs: () => Date.now() },
    log: pino({ level: 'error' }, pino.destination(2)),
    consoleDir: dir,
    kioskLimit: { perSecond: 1e6, burst: 1e6 },
  })
  const sqlite = new SQLite(join(dir, 'hub.sqlite'))
  sqlite.pragma('synchronous = FULL')
  const loader = startLoader()
  try {
    const kiosks = await enrolAll(hub)
    const rateAt = async (rows: number) => {
      console.error(`seeding ${rows.toLocaleString('en')} rows …`)
      const held = sqlite.prepare<[], { n: number }>('select count(*) as n from usage_events').get()?.n ?? 0
      seedEvents(sqlite, { kiosks: kioskCount, months: monthsOfTenYears, events: rows - held })
      const [ours, bare]: [number[], number[]] = [[], []]
      // The first round warms both and is not counted: a hub runs for months.
      for (let round = 0; round <= rounds; round += 1) {
        bare.push(bareInserts(sqlite))
        const states = await Promise.all(kiosks.map((_, index) => hub.parts.usage.sequenceState(index + 1)))
        ours.push(
          await loader.send({
            url: hub.url,
            hubId: hub.context.hubId,
            path: '/api/v1/kiosk/usage',
            kiosks: kiosks.map((kiosk, index) => ({
              ...kiosk,
              firstSequence: (states[index]?.acknowledgedThrough ?? 0) + 1,
            })),
            batches: batchesEach,
            batchEvents: usageBatchMaxEvents,
          }),
        )
      }
      return { ours: median(ours.slice(1)), bare: median(bare.slice(1)) }
    }

    const small = await rateAt(smallRows)
    const http = await bareHttp(loader, kiosks)
    emit({
      name: 'bare inserts, 500 a transaction, fsynced, at 1 M rows',
      value: Math.round(small.bare),
      unit: 'events/s',
    })
    emit({ name: 'bare HTTP and JSON, no database', value: Math.round(http), unit: 'events/s' })
    emit({
      name: 'ingest over HTTP, acknowledged after commit, at 1 M rows',
      value: Math.round(small.ours),
      unit: 'events/s',
      ratioTo: 'bare inserts',
      ratio: rounded(small.ours / small.bare),
      target: ratioTarget,
      met: small.ours >= ratioTarget * small.bare,
    })
    const large = await rateAt(largeRows)
    emit({
      name: 'ingest over HTTP at 20 M rows',
      value: Math.round(large.ours),
      unit: 'events/s',
      ratioTo: 'ingest at 1 M rows',
      ratio: rounded(large.ours / small.ours),
      bareInserts: Math.round(large.bare),
      target: flatTarget,
      met: large.ours >= flatTarget * small.ours,
    })
    const drainedMs = await backlog(hub, join(dir, 'kiosk'))
    emit({
      name: 'a month of one kiosk (100,000 events) drained by the real kiosk',
      value: Math.round(drainedMs),
      unit: 'ms',
      target: backlogTargetMs,
      met: drainedMs <= backlogTargetMs,
    })
  } finally {
    loader.end()
    sqlite.close()
    await hub.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

const monthsOfTenYears = Array.from({ length: 120 }, (_, index) => ({
  year: 2016 + Math.floor((index + 3) / 12),
  month: ((index + 3) % 12) + 1,
}))
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const rounded = (value: number) => Number(value.toFixed(2))

/** Six kiosks that the hub knows, without the ceremony. */
async function enrolAll(hub: Hub): Promise<{ id: string; privateKeyPem: string }[]> {
  const kiosks: { id: string; privateKeyPem: string }[] = []
  for (const facility of hub.parts.facilities.slice(0, kioskCount)) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const codeId = `A${kiosks.length}A0`
    await hub.parts.kiosks.addCode({ codeId, facilityId: facility.id, keyHex: '', expiresAtMs: Date.now() + 60_000 })
    const publicKeyX = publicKey.export({ format: 'jwk' }).x ?? ''
    await hub.parts.kiosks.enrol({
      facilityId: facility.id,
      name: facility.name,
      publicKeyX,
      codeId,
      nowMs: Date.now(),
    })
    kiosks.push({ id: facility.id, privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() })
  }
  return kiosks
}

function startLoader() {
  const child = fork(join(import.meta.dirname, 'ingest-loader.ts'))
  const next = () =>
    new Promise<{ ready?: true; ms?: number }>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`the loader ended (${code})`))
      child.once('exit', ended)
      child.once('message', (message: { ready?: true; ms?: number }) => {
        child.off('exit', ended)
        resolve(message)
      })
    })
  return {
    /** @returns events per second */
    async send(load: Load): Promise<number> {
      const ready = next()
      child.send(load)
      await ready
      const done = next()
      child.send('go')
      const { ms = 0 } = await done
      return (load.kiosks.length * load.batches * load.batchEvents * 1000) / ms
    },
    end() {
      child.removeAllListeners('exit')
      child.kill()
    },
  }
}

/** The same rows by prepared statements, the roll-up in the same transaction. @returns events per second */
function bareInserts(sqlite: SQLite.Database): number {
  const insert = sqlite.prepare('insert into usage_events values (?, ?, ?, ?, ?, ?, 0)')
  const roll = sqlite.prepare(
    `insert into usage_rollup (kiosk_no, month, menu, accesses, unverified) values (?, ?, ?, ?, 0)
     on conflict do update set accesses = accesses + excluded.accesses`,
  )
  const last = sqlite.prepare<[number], { last: number }>(
    'select coalesce(max(sequence), 0) as last from usage_events where kiosk_no = ?',
  )
  const firsts = Array.from({ length: kioskCount }, (_, kiosk) => last.get(bareKiosk + kiosk)?.last ?? 0)
  const batch = sqlite.transaction((kiosk: number, first: number) => {
    for (let index = 1; index <= usageBatchMaxEvents; index += 1) {
      const sequence = first + index
      const id = `019a0000-0000-7000-8000-${sequence.toString(16).padStart(12, '0')}`
      insert.run(kiosk, sequence, id, 'library', 1_775_000_000_000 + sequence, 'synced')
    }
    for (let menu = 0; menu < 7; menu += 1) roll.run(kiosk, '2026-04', `menu-${menu}`, 70)
  })
  const started = performance.now()
  for (let at = 0; at < batchesEach; at += 1)
    firsts.forEach((first, kiosk) => {
      batch(bareKiosk + kiosk, first + at * usageBatchMaxEvents)
    })
  return (roundEvents * 1000) / (performance.now() - started)
}

/** What the line and JSON alone allow, in this same process. */
async function bareHttp(loader: ReturnType<typeof startLoader>, kiosks: { id: string; privateKeyPem: string }[]) {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { events }: { events: unknown[] } = JSON.parse(Buffer.concat(pieces).toString())
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ accepted: events.length }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const rates: number[] = []
  for (let round = 0; round < rounds; round += 1)
    rates.push(
      await loader.send({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        hubId: '',
        path: '/',
        kiosks: kiosks.map((kiosk) => ({ ...kiosk, firstSequence: 1 })),
        batches: batchesEach,
        batchEvents: usageBatchMaxEvents,
      }),
    )
  server.close()
  return median(rates)
}

/** The real kiosk with a month in its real outbox file, from its first word to an empty queue. @returns milliseconds */
async function backlog(hub: Hub, dataDir: string): Promise<number> {
  const facility = hub.parts.facilities.find((one) => one.id === testConfig.facility.id)
  if (!facility) throw new Error('no such facility')
  const options = {
    dataDir,
    release0Dir: join(dataDir, 'none'),
    hostKind: 'headless' as const,
    config: testConfig,
    clock: playedClock({ wallMs: Date.now() }),
    log: () => {},
  }
  const first = await createKiosk(options)
  const { code } = await hub.parts.enrolment.createCode(facility, 'bench')
  await first.enrol({ hubUrl: hub.url, code })
  await first.stop()
  const outbox = openOutbox({
    path: join(dataDir, 'outbox.sqlite'),
    wallMs: Date.now,
    pageLimit: () => null,
    floor: () => ({ usage: 0, health: 0 }),
  })
  const moment = { atMs: Date.now(), clock: 'synced', bootId: 'bench', uptimeMs: 1 } as const
  const access = () => ({ accessIds: [randomUUID()], menu: 'library', moment }) as const
  for (let at = 0; at < backlogEvents; at += 1_000)
    outbox.use((queue) => queue.appendUsage(Array.from({ length: 1_000 }, access), null))
  outbox.close()
  const kiosk = await createKiosk(options)
  const started = performance.now()
  while (kiosk.status().outboxDepth > 0) await kiosk.flush()
  const ms = performance.now() - started
  await kiosk.stop()
  return ms
}
