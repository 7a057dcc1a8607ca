import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { HubContext } from '../context.ts'
import type { CatalogueJobs } from './catalogue-jobs.ts'
import { refuseCatalogue } from './take-catalogue.ts'

const promisedSchema = z.object({
  /** Its name in the folder. */
  file: z.string().regex(/^[^/\\]+$/),
  actor: z.string(),
  from: z.string(),
  options: z.array(z.enum(['--part', '--really'])),
  takenUp: z.int(),
})
export type PromisedList = z.infer<typeof promisedSchema>
type Parts = {
  dir: string
  context: Pick<HubContext, 'db' | 'clock' | 'audit' | 'log'>
  jobs: Pick<CatalogueJobs, 'start'>
}

const noteEnd = '.promised.json'

/**
 * Lists of which staff were told that they are here. A hub that ends while one is read finds a note of it beside the file when it is there again, and takes it
 * up; one that ended so twice says that it did not come to its end.
 */
export function createPromisedLists({ dir, context, jobs }: Parts) {
  const noteOf = (list: PromisedList) => join(dir, `${list.file}${noteEnd}`)

  function forget(list: PromisedList): void {
    rmSync(noteOf(list), { force: true })
    rmSync(join(dir, list.file), { force: true })
  }

  async function take(list: PromisedList): Promise<void> {
    const { actor, from, options } = list
    const args = ['import', join(dir, list.file), ...options]
    const job = { actor, from, source: 'file', args }
    const ended = await jobs.start(job).catch(async (error: unknown) => {
      // Not even that could be written: with the list away there may be room on the disk again.
      forget(list)
      await refuseCatalogue(
        context,
        job,
        '読み終えられませんでした。いまの蔵書はそのままです。情報担当に知らせてください。',
      )
      throw error
    })
    // Otherwise the hub closes: the next one takes it up.
    if (ended) forget(list)
  }

  async function takeUp(list: PromisedList): Promise<void> {
    if (list.takenUp === 0) {
      writeNote(noteOf(list), { ...list, takenUp: 1 })
      return take({ ...list, takenUp: 1 })
    }
    forget(list)
    await refuseCatalogue(
      context,
      { actor: list.actor, from: list.from, source: 'file' },
      '読んでいるあいだに、役場のサーバーが2度止まりました。いまの蔵書はそのままです。もう一度お渡しください。',
    )
  }

  const inBackground = (work: Promise<void>) =>
    void work.catch((error: unknown) => context.log.error({ err: error }, 'library: an uploaded catalogue was lost'))

  return {
    /** From now on it is not forgotten. */
    promise(list: Omit<PromisedList, 'takenUp'>): void {
      const promised = { ...list, takenUp: 0 }
      writeNote(noteOf(promised), promised)
      inBackground(take(promised))
    },
    /** What lies in the folder from before: lists that were promised, and files that were cut off on their way. */
    begin(): void {
      const promised = readdirSync(dir).flatMap((name) =>
        name.endsWith(noteEnd) ? (readNote(join(dir, name)) ?? []) : [],
      )
      const kept = new Set(promised.flatMap((list) => [list.file, `${list.file}${noteEnd}`]))
      for (const name of readdirSync(dir)) if (!kept.has(name)) rmSync(join(dir, name), { force: true })
      for (const list of promised) inBackground(takeUp(list))
    },
  }
}

const writeNote = (file: string, list: PromisedList) =>
  writeFileSync(file, JSON.stringify(list), { mode: 0o600, flush: true })

/** @returns null: written by half, or its list is gone */
function readNote(file: string): PromisedList | null {
  try {
    const list = promisedSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return existsSync(file.slice(0, -noteEnd.length)) ? list : null
  } catch {
    return null
  }
}
