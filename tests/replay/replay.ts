import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { consoleDir, rendererDir } from '../../build/screens.ts'
import { lastingPort } from '../../electron/kiosk/testing/lasting-port.ts'
import { type FaultKind, faultKinds, type PlannedFault, planAccesses, planFaults } from './plan.ts'
import { openPlayedTime } from './played-time.ts'
import { Machine, PlayedKiosk } from './player.ts'
import type { TableCell } from './read-table.ts'
import { seededRandom } from './seeded-random.ts'
import { runTown } from './town-command.ts'
import { type TroubledLine, troubledLine } from './troubled-line.ts'

export type ReplayOptions = {
  table: TableCell[]
  kiosks: number
  faults: number
  seed: number
  release0Dir: string
  configFiles: string[]
  progress(text: string): void
}
type CellResult = { menu: string; fiscalYear: number; requested: number; reported: number }
export type ReplayResult = {
  requested: number
  reported: number
  lost: number
  duplicated: number
  perCell: CellResult[]
  faults: Partial<Record<FaultKind, number>>
  events: number
  seconds: number
  seed: number
  exact: boolean
}

const weekMs = 7 * 86_400_000
const minuteMs = 60_000

/**
 * Plays every count of the table as a touch at a kiosk, with faults in between, and compares the exported report with the table.
 * Kiosks and hub are processes of their own with real files and a real line over loopback; only the time is played.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const startedMs = performance.now()
  const random = seededRandom(options.seed)
  const accesses = planAccesses(options.table, options.kiosks, random)
  const faults = planFaults(options.faults, accesses.length, options.kiosks, random)
  const played: Partial<Record<FaultKind, number>> = {}
  const note = (kind: FaultKind) => {
    played[kind] = (played[kind] ?? 0) + 1
  }

  const dir = mkdtempSync(join(tmpdir(), 'replay-'))
  const timeFile = join(dir, 'time')
  const hubData = join(dir, 'hub')
  const time = openPlayedTime(timeFile, 'make')
  const firstMs = Math.min(...accesses.map((access) => access.atMs), Date.now())
  const bootMs = firstMs - 86_400_000
  time.setTrueMs(firstMs - 3_600_000)
  for (let kiosk = 0; kiosk < options.kiosks; kiosk += 1) {
    time.setWallErrorMs(kiosk, 0)
    time.setPageLimit(kiosk, null)
  }

  const line = { port: await lastingPort() }
  const hub = new Machine('hub-process.ts', () => ({ timeFile, dataDir: hubData, port: line.port, consoleDir }))
  const stations: {
    kiosk: PlayedKiosk
    line: TroubledLine
    /** Its touches one after the other, to the last; and to the last but one, for which the clock waits. */
    work: Promise<void>
    earlier: Promise<void>
    fullUntil: number
    confirm: boolean
  }[] = []

  try {
    mkdirSync(hubData)
    await hub.up()
    for (let index = 0; index < options.kiosks; index += 1) {
      const configFile = options.configFiles[index]
      if (!configFile) throw new Error(`there are ${options.configFiles.length} kiosk files, not ${options.kiosks}`)
      const troubled = await troubledLine(line, note)
      let code: string | null = enrolmentCode(
        await runTown(['enrol', '--facility', facilityOf(configFile), '--data', hubData]),
      )
      const kiosk = new PlayedKiosk('kiosk-process.ts', () => ({
        timeFile,
        kiosk: index,
        configFile,
        dataDir: join(dir, `kiosk-${index}`),
        release0Dir: options.release0Dir,
        screenDir: rendererDir,
        hubUrl: troubled.url,
        code,
        bootMs,
      }))
      await kiosk.power()
      code = null
      stations.push({
        kiosk,
        line: troubled,
        work: Promise.resolve(),
        earlier: Promise.resolve(),
        fullUntil: -1,
        confirm: false,
      })
    }
    options.progress(
      `${options.kiosks} kiosks enrolled; ${accesses.length} accesses, ${faults.length} faults, seed ${options.seed}`,
    )

    /** While set, the hub is down until the played time is later. */
    let hubBackMs: number | null = null
    /** The hub on its way up; nobody at a kiosk waits for it. */
    let hubRising: Promise<unknown> = Promise.resolve()
    const raiseHub = () => {
      hubRising = hub.up()
      // Whoever awaits it next is told; until then it is nobody's rejection.
      hubRising.catch(() => undefined)
    }
    let fiscalYear = accesses[0]?.fiscalYear
    const settleAll = () => Promise.all(stations.map((station) => station.work))
    const restart = async (station: (typeof stations)[number]) => {
      await station.kiosk.cutPower()
      await station.kiosk.power()
    }

    const play = async (fault: PlannedFault, index: number): Promise<void> => {
      const station = stations[fault.kiosk]
      if (!station) return
      switch (fault.kind) {
        case 'kill-kiosk': {
          if (station.fullUntil >= 0 || station.confirm) {
            // What is held in memory while the disk is full is not promised to survive a kill; the disk recovers first.
            time.setPageLimit(fault.kiosk, null)
            station.fullUntil = -1
            await station.work
            await untilConfirmed(station)
          }
          // In the middle of whatever it is doing: the access under way is asked again after the restart.
          const underWay = station.work
          await station.kiosk.kill()
          await restart(station)
          await underWay
          break
        }
        case 'kill-hub':
          if (hubBackMs !== null) return play({ ...fault, kind: 'kill-kiosk' }, index)
          await hubRising
          await hub.kill()
          raiseHub()
          break
        case 'hub-away-a-week':
          if (hubBackMs !== null) return play({ ...fault, kind: 'kill-kiosk' }, index)
          await hubRising
          await hub.kill()
          hubBackMs = time.trueMs() + weekMs
          break
        case 'clock-step': {
          const sizeMs = random.pick([
            minuteMs,
            60 * minuteMs,
            1_440 * minuteMs,
            43_200 * minuteMs,
            525_600 * minuteMs * 3,
          ])
          const direction = random.next() < 0.5 ? -1 : 1
          time.setWallErrorMs(fault.kiosk, random.next() < 0.2 ? 0 : direction * sizeMs * (0.5 + random.next()))
          break
        }
        case 'disk-full':
          time.setPageLimit(fault.kiosk, 1)
          station.fullUntil = index + 300
          break
        default:
          station.line.arm(fault.kind)
          return
      }
      note(fault.kind)
    }

    const untilConfirmed = async (station: (typeof stations)[number]) => {
      for (let tries = 0; station.confirm; tries += 1) {
        if (tries > 200) throw new Error('the disk has room again, but counts are still held')
        await station.kiosk.flush()
        const depthKnown = await station.kiosk.flush()
        if (depthKnown >= 0) station.confirm = false
      }
    }

    let nextFault = 0
    for (const [index, access] of accesses.entries()) {
      if (access.fiscalYear !== fiscalYear) {
        // Nobody touches the screen in the very second of the change: what was touched before is answered first.
        await settleAll()
        fiscalYear = access.fiscalYear
      }
      for (let fault = faults[nextFault]; fault && fault.beforeAccess <= index; fault = faults[nextFault]) {
        nextFault += 1
        await play(fault, index)
      }
      if (hubBackMs !== null && access.atMs >= hubBackMs) {
        hubBackMs = null
        raiseHub()
      }
      const station = stations[access.kiosk]
      if (!station) continue
      if (station.fullUntil >= 0 && index >= station.fullUntil) {
        station.fullUntil = -1
        time.setPageLimit(access.kiosk, null)
      }
      await station.earlier
      if (hubBackMs === null) await Promise.all(stations.map((one) => one.line.settled()))
      time.setTrueMs(Math.max(time.trueMs(), access.atMs))
      station.earlier = station.work
      station.work = station.work
        .then(() => station.kiosk.access(access.menu))
        .then((state) => {
          station.confirm = state === 'held'
        })
      station.work.catch(() => undefined)
      if (index % 5_000 === 4_999) options.progress(`${index + 1} of ${accesses.length}`)
    }
    await settleAll()

    if (hubBackMs !== null) raiseHub()
    await hubRising
    for (let index = 0; index < options.kiosks; index += 1) {
      time.setPageLimit(index, null)
    }
    // An hour later everything has been sent, however often a line is still cut.
    for (let round = 0; round < 200; round += 1) {
      const depths = await Promise.all(stations.map((station) => station.kiosk.flush()))
      if (depths.every((depth) => depth === 0)) break
      if (round === 199) throw new Error(`counts are still queued: ${depths.join(', ')}`)
    }

    const reported = await report(hubData, options.table)
    const perCell = options.table.map((cell) => ({
      menu: cell.menu,
      fiscalYear: cell.fiscal_year,
      requested: cell.count,
      reported: reported.get(`${cell.menu}|${cell.fiscal_year}`) ?? 0,
    }))
    const sum = (pick: (cell: CellResult) => number) => perCell.reduce((total, cell) => total + pick(cell), 0)
    const lost = sum((cell) => Math.max(0, cell.requested - cell.reported))
    const duplicated = sum((cell) => Math.max(0, cell.reported - cell.requested))
    const reportedTotal = [...reported.values()].reduce((total, count) => total + count, 0)
    return {
      requested: sum((cell) => cell.requested),
      reported: reportedTotal,
      lost,
      duplicated,
      perCell,
      faults: Object.fromEntries(faultKinds.filter((kind) => played[kind]).map((kind) => [kind, played[kind]])),
      events: accesses.length,
      seconds: Math.round((performance.now() - startedMs) / 100) / 10,
      seed: options.seed,
      exact: lost === 0 && duplicated === 0 && reportedTotal === sum((cell) => cell.requested),
    }
  } finally {
    for (const station of stations) {
      await station.kiosk.cutPower()
      await station.line.close()
    }
    await hub.kill()
    time.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The report as an administrator exports it, one row per figure. */
async function report(hubData: string, table: TableCell[]): Promise<Map<string, number>> {
  const years = table.map((cell) => cell.fiscal_year)
  const lines = await runTown([
    'report',
    '--fiscal-year',
    String(Math.min(...years)),
    '--to',
    String(Math.max(...years)),
    '--layout',
    'rows',
    '--format',
    'json',
    '--data',
    hubData,
  ])
  const { rows }: { rows: { menu: string; fiscalYear: number; count: number }[] } = JSON.parse(lines)
  return new Map(rows.filter((row) => row.count > 0).map((row) => [`${row.menu}|${row.fiscalYear}`, row.count]))
}

const facilityOf = (configFile: string) => configFile.replace(/^.*\//, '').replace(/\.json$/, '')

function enrolmentCode(words: string): string {
  const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(words)?.[0]
  if (!code) throw new Error(`no enrolment code: ${words}`)
  return code
}
