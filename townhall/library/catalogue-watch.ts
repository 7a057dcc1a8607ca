import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { HubContext } from '../context.ts'
import { createSettings } from '../settings-repository.ts'
import type { CatalogueJobs } from './catalogue-jobs.ts'
import { type CataloguePlan, type PlanMarks, planStore } from './catalogue-plan.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { decideDaily } from './decide-daily.ts'
import { decideDrops, type Found, isDrop } from './decide-drops.ts'
import { refuseCatalogue } from './take-catalogue.ts'

const lookEveryMs = 5_000
const actor = 'hub'

type Parts = {
  context: Pick<HubContext, 'db' | 'clock' | 'audit' | 'log'>
  jobs: Pick<CatalogueJobs, 'start' | 'idle'>
  uptimeMs: () => number
}

/** Takes in what the library's system drops into a folder, and harvests each day at its time. */
export function createCatalogueWatch({ context, jobs, uptimeMs }: Parts) {
  const store = planStore(createSettings(context.db))
  let found = new Map<string, Found>()
  let timer: NodeJS.Timeout | null = null
  let folderGone: string | null = null
  /** Harvests that were marked as begun when this process began: the end of the one before cut them off. */
  let cutOff: Map<string, PlanMarks['harvesting'][string]> | null = null
  const closing = new AbortController()

  /** Beginning of the observation of a file starts anew whenever it has changed. */
  async function lookInto(folder: string): Promise<Found[] | null> {
    const names = await readdir(folder).catch(() => null)
    if (names === null) return null
    const now = new Map<string, Found>()
    for (const name of names.filter(isDrop)) {
      const about = await stat(join(folder, name)).catch(() => null)
      if (!about?.isFile() || about.size === 0) continue
      const mark = `${about.size} ${Math.trunc(about.mtimeMs)}`
      const key = join(folder, name)
      const before = found.get(key)
      const sinceMs = before?.mark === mark ? before.sinceMs : uptimeMs()
      now.set(key, { name, mark, writtenMs: about.mtimeMs, sinceMs })
    }
    found = now
    return [...now.values()]
  }

  async function takeDrops({ folder, source, part, column }: NonNullable<CataloguePlan['watch']>): Promise<void> {
    const there = await lookInto(folder)
    if (there === null) {
      // Said once: a share comes and goes.
      if (folderGone !== folder)
        await refuseCatalogue(context, { actor, source, from: folder }, '見張っているフォルダーが開けません。')
      folderGone = folder
      return
    }
    folderGone = null
    const marks = await store.marks()
    const { read, over } = decideDrops(there, marks.seen, uptimeMs(), part)
    for (const { name, mark } of read) {
      const file = join(folder, name)
      const names = column.flatMap((pair) => ['--column', pair])
      const args = ['import', file, '--source', source, ...names, ...(part ? ['--part'] : [])]
      if (!(await jobs.start({ actor, from: name, source, args }))) return
      await markSeen([{ name, mark }], there)
    }
    await markSeen(over, there)
  }

  /** Read is read, whether it was taken or refused: it comes again when it changes. */
  async function markSeen(some: readonly { name: string; mark: string }[], there: readonly Found[]): Promise<void> {
    if (some.length === 0) return
    const marks = await store.marks()
    const names = new Set(there.map(({ name }) => name))
    const kept = Object.entries(marks.seen).filter(([name]) => names.has(name))
    await store.keepMarks({
      ...marks,
      seen: Object.fromEntries([...kept, ...some.map(({ name, mark }) => [name, mark] as const)]),
    })
  }

  async function harvestDaily({ time, from }: CataloguePlan['daily'][number]): Promise<void> {
    const { source, address } = from
    const marks = await store.marks()
    cutOff ??= new Map(Object.entries(marks.harvesting))
    const { due, day, tries } = decideDaily({
      ...{ time, lastDay: marks.harvested[source], cutOff: cutOff.get(source), nowMs: context.clock.nowMs() },
    })
    if (!due) return
    cutOff.delete(source)
    await store.keepMarks({ ...marks, harvesting: { ...marks.harvesting, [source]: { day, tries } } })
    const how = from.kind === 'oai' ? ['--prefix', from.prefix, ...(from.set ? ['--set', from.set] : [])] : []
    const query = from.kind === 'sru' ? ['--query', from.query, '--schema', from.schema] : []
    const args = ['harvest', address, '--source', source, ...how, ...query]
    let ended = true
    try {
      ended = await jobs.start({ actor, source, from: new URL(address).host, args })
    } finally {
      // Also when nothing came: a system that is away is asked again tomorrow and not all day.
      if (ended) await markHarvested(source, day)
    }
  }

  async function markHarvested(source: string, day: string): Promise<void> {
    const marks = await store.marks()
    const harvesting = Object.fromEntries(Object.entries(marks.harvesting).filter(([name]) => name !== source))
    await store.keepMarks({ ...marks, harvesting, harvested: { ...marks.harvested, [source]: day } })
  }

  /** One look at everything. What is being taken in already is waited for. */
  async function look(): Promise<void> {
    if (!jobs.idle()) return
    const plan = await store.plan()
    if (plan.watch !== null) await takeDrops(plan.watch)
    for (const one of plan.daily) await harvestDaily(one)
  }

  return {
    look,
    start(): void {
      let looking = false
      createCatalogueRepository(context.db)
        .clearUnfinished(closing.signal)
        .catch((error: unknown) => {
          if (!closing.signal.aborted)
            context.log.error({ err: error }, 'library: an unfinished import was not cleared')
        })
      timer = setInterval(() => {
        if (looking) return
        looking = true
        look()
          .catch((error: unknown) => {
            if (timer !== null) context.log.error({ err: error }, 'library: a regular look failed')
          })
          .finally(() => {
            looking = false
          })
      }, lookEveryMs)
    },
    close(): void {
      closing.abort()
      if (timer !== null) clearInterval(timer)
      timer = null
    },
  }
}
