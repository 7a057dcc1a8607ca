import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { HubContext } from '../context.ts'
import { createSettings } from '../settings-repository.ts'
import type { CatalogueJobs } from './catalogue-jobs.ts'
import { type CataloguePlan, planStore } from './catalogue-plan.ts'
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
    const { due, day } = decideDaily(time, marks.harvested[source], context.clock.nowMs())
    if (!due) return
    // Before it begins: a system that is away is asked again tomorrow and not all day.
    await store.keepMarks({ ...marks, harvested: { ...marks.harvested, [source]: day } })
    const how = from.kind === 'oai' ? ['--prefix', from.prefix, ...(from.set ? ['--set', from.set] : [])] : []
    const query = from.kind === 'sru' ? ['--query', from.query, '--schema', from.schema] : []
    const args = ['harvest', address, '--source', source, ...how, ...query]
    await jobs.start({ actor, source, from: new URL(address).host, args })
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
      if (timer !== null) clearInterval(timer)
      timer = null
    },
  }
}
