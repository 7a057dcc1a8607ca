import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { HubContext } from '../context.ts'
import { lastReport, refuseCatalogue } from './take-catalogue.ts'

/** `args`: words of `library`, as the command line takes them. */
export type CatalogueJob = { actor: string; from: string; source: string; args: readonly string[] }
export type RunningJob = { actor: string; from: string; startedAtMs: number; titles: number }
/** @returns the exit code; null: it did not come to its end */
export type RunLibrary = (
  args: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
) => Promise<number | null>

/** As SQLite, PostgreSQL and the file system say it. */
const diskIsFull = /SQLITE_FULL|ENOSPC|disk is full|No space left/
const fullInWords =
  '役場のサーバーのディスクがいっぱいで、読み終えられませんでした。いまの蔵書はそのままです。情報担当に知らせてください。'

const command = join(import.meta.dirname, '..', 'cli.ts')

/** In a process of its own: a million titles would keep the kiosks waiting for a minute. */
export const runLibraryCommand: RunLibrary = (args, say, signal) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [...process.execArgv, command, 'library', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    })
    let rest = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) say(line)
    })
    child.on('error', () => resolve(null))
    child.on('close', (code) => resolve(code))
  })

/** Catalogues that the hub takes in by itself or for staff, one after the other. What each came to is in the report of the last import. */
export function createCatalogueJobs(
  context: Pick<HubContext, 'db' | 'clock' | 'audit' | 'dataDir' | 'log'>,
  run: RunLibrary = runLibraryCommand,
) {
  const closing = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  let running: RunningJob | null = null
  let waiting = 0

  async function work(job: CatalogueJob): Promise<boolean> {
    if (closing.signal.aborted) return false
    const started: RunningJob = {
      ...{ actor: job.actor, from: job.from, startedAtMs: context.clock.nowMs(), titles: 0 },
    }
    running = started
    let full = false
    try {
      const before = await lastReport(context)
      const args = [...job.args, '--data', context.dataDir, '--by', job.actor, '--from', job.from]
      const code = await run(
        args,
        (line) => {
          const titles = /^\s+(\d+) タイトル$/.exec(line)?.[1]
          if (titles !== undefined) started.titles = Number(titles)
          if (diskIsFull.test(line)) full = true
        },
        closing.signal,
      )
      // 1 is a list that was refused and told, and also whatever nobody expected.
      if (code === 0 || (code === 1 && !isDeepStrictEqual(before, await lastReport(context)))) return true
      if (closing.signal.aborted) return false
      context.log.error({ from: job.from, code }, 'library: taking a catalogue in came to no end')
      await refuseCatalogue(
        context,
        job,
        full ? fullInWords : '読んでいる途中でプログラムが止まりました。いまの蔵書はそのままです。',
      )
      return true
    } finally {
      running = null
    }
  }

  return {
    /** Begins when those before have ended. @returns false: the hub closes, and it is as if it had not begun */
    start(job: CatalogueJob): Promise<boolean> {
      waiting += 1
      const mine = last
        .then(() => work(job))
        .finally(() => {
          waiting -= 1
        })
      last = mine.catch((error: unknown) => context.log.error({ err: error }, 'library: a job failed'))
      return mine
    },
    running: (): RunningJob | null => running,
    idle: (): boolean => waiting === 0,
    async close(): Promise<void> {
      closing.abort()
      await last
    },
  }
}
export type CatalogueJobs = ReturnType<typeof createCatalogueJobs>
