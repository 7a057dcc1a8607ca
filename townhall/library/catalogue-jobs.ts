import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { RunningImport } from '../../contract/library/hub-view.ts'
import type { HubContext } from '../context.ts'
import { cancelledCatalogue, cancelSignal, lastReport, refuseCatalogue } from './take-catalogue.ts'

/** `args`: words of `library`, as the command line takes them. */
export type CatalogueJob = { actor: string; from: string; source: string; args: readonly string[] }
/** `closing`: it is to end at once and as if it had not begun. `cancelled`: it is to end well, before its end. */
type Ending = { closing: AbortSignal; cancelled: AbortSignal }
/** @returns the exit code; null: it did not come to its end */
export type RunLibrary = (
  args: readonly string[],
  say: (line: string) => void,
  ending: Ending,
) => Promise<number | null>

/** As SQLite, PostgreSQL and the file system say it. */
const diskIsFull = /SQLITE_FULL|ENOSPC|disk is full|No space left/
const fullInWords =
  '役場のサーバーのディスクがいっぱいで、読み終えられませんでした。いまの蔵書はそのままです。情報担当に知らせてください。'

const command = join(import.meta.dirname, '..', 'cli.ts')

/** In a process of its own: a million titles would keep the kiosks waiting for a minute. */
export const runLibraryCommand: RunLibrary = (args, say, { closing, cancelled }) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [...process.execArgv, command, 'library', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: closing,
    })
    const cancel = () => void child.kill(cancelSignal)
    if (cancelled.aborted) cancel()
    else cancelled.addEventListener('abort', cancel)
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
  let running: { job: RunningImport; cancelling: AbortController } | null = null
  let waiting = 0

  async function work(job: CatalogueJob): Promise<boolean> {
    if (closing.signal.aborted) return false
    const started: RunningImport = {
      ...{ id: randomUUID(), actor: job.actor, from: job.from, startedAtMs: context.clock.nowMs() },
      ...{ titles: 0, of: null, cancelledBy: null },
    }
    const cancelling = new AbortController()
    running = { job: started, cancelling }
    let full = false
    try {
      const before = await lastReport(context)
      const args = [...job.args, '--data', context.dataDir, '--by', job.actor, '--from', job.from]
      const code = await run(
        args,
        (line) => {
          const [, titles, of] = /^\s+(\d+)(?: \/ (\d+))? タイトル$/.exec(line) ?? []
          if (titles !== undefined) started.titles = Number(titles)
          if (of !== undefined) started.of = Number(of)
          if (diskIsFull.test(line)) full = true
        },
        { closing: closing.signal, cancelled: cancelling.signal },
      )
      // 1 is a list that was refused and told, and also whatever nobody expected.
      if (code === 0 || (code === 1 && !isDeepStrictEqual(before, await lastReport(context)))) return true
      if (closing.signal.aborted) return false
      if (started.cancelledBy !== null) {
        await cancelledCatalogue(context, job, started.cancelledBy)
        return true
      }
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
    running: (): RunningImport | null => running?.job ?? null,
    /** Ends that job before its end; while it is on its way there, it is still the running one. @returns false: it is not the running one any more */
    cancel(id: string, by: string): boolean {
      if (running?.job.id !== id) return false
      running.job.cancelledBy ??= by
      running.cancelling.abort()
      return true
    },
    idle: (): boolean => waiting === 0,
    async close(): Promise<void> {
      closing.abort()
      await last
    },
  }
}
export type CatalogueJobs = ReturnType<typeof createCatalogueJobs>
