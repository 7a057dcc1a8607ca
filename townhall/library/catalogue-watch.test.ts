import { appendFileSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { oaiServer } from '../testing/oai-server.ts'
import { playedClock, type TestHub, testHub } from '../testing/test-hub.ts'
import { createCatalogueJobs, type RunLibrary } from './catalogue-jobs.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { createCatalogueWatch } from './catalogue-watch.ts'
import { libraryCommand } from './library-command.ts'
import { lastReport } from './take-catalogue.ts'

let town: TestHub
let folder: string
let uptime: ReturnType<typeof playedClock>
let runs: string[]
let watch: ReturnType<typeof createCatalogueWatch>
beforeEach(async () => {
  town = await testHub()
  folder = join(town.dir, 'drop')
  mkdirSync(folder)
  uptime = playedClock(0)
  runs = []
  watch = watchWith(inThisProcess)
})
afterEach(() => town.close())

const io = (warn: (line: string) => void) => ({
  ...{ say: () => undefined, write: () => undefined, openHub: async () => town.hub.parts },
  abortOn: () => new AbortController().signal,
  warn,
})
const library = (...args: string[]) =>
  libraryCommand.run(
    args,
    io(() => undefined),
  )
/** As the process that the hub starts, without the start. */
const inThisProcess: RunLibrary = (args, say) => {
  runs.push(args[1] ?? '')
  return libraryCommand.run([...args], io(say))
}
function watchWith(run: RunLibrary) {
  const { context } = town.hub
  return createCatalogueWatch({ context, jobs: createCatalogueJobs(context, run), uptimeMs: uptime.nowMs })
}
function drop(name: string, text: string, writtenMs = 1_700_000_000_000): void {
  writeFileSync(join(folder, name), text)
  utimesSync(join(folder, name), new Date(writtenMs), new Date(writtenMs))
}
async function lookAfter(ms: number) {
  uptime.pass(ms)
  await watch.look()
}
const titles = () => createCatalogueRepository(town.hub.context.db).total()
const acts = async () =>
  (await town.hub.context.db.selectFrom('audit').select(['actor', 'act', 'detail']).orderBy('id').execute()).filter(
    ({ act }) => act.startsWith('library-import'),
  )
const list = (...rows: string[]) => ['書誌番号,タイトル', ...rows, ''].join('\n')

describe('the watched folder', () => {
  beforeEach(() => library('watch', folder))

  it('gives again what the hub was reading when it was ended', async () => {
    const { context } = town.hub
    const ended: RunLibrary = (_args, _say, { closing }) =>
      new Promise((resolve) => closing.addEventListener('abort', () => resolve(null)))
    const jobs = createCatalogueJobs(context, ended)
    watch = createCatalogueWatch({ context, jobs, uptimeMs: uptime.nowMs })
    drop('list.csv', list('1,雪国'))
    await lookAfter(0)
    uptime.pass(5_000)
    const looking = watch.look()
    await expect.poll(() => jobs.running()?.from).toBe('list.csv')
    await jobs.close()
    await looking
    expect(await acts()).toEqual([])
    watch = watchWith(inThisProcess)
    await lookAfter(0)
    await lookAfter(5_000)
    expect(await titles()).toBe(1)
  })

  it('gives what has come to rest, once, and again when it changes', async () => {
    drop('list.csv', list('1,雪国', '2,こころ'))
    await lookAfter(0)
    await lookAfter(4_999)
    expect(await titles()).toBe(0)
    await lookAfter(1)
    expect(await titles()).toBe(2)
    expect(await lastReport(town.hub.context)).toMatchObject({
      actor: 'hub',
      from: 'list.csv',
      titles: 2,
      refusal: null,
    })
    await lookAfter(60_000)
    expect(runs).toHaveLength(1)
    drop('list.csv', list('1,雪国', '2,こころ', '3,門'), 1_700_000_100_000)
    await lookAfter(5_000)
    await lookAfter(5_000)
    expect(await titles()).toBe(3)
    expect(readFileSync(join(folder, 'list.csv'), 'utf8')).toContain('門')
  })

  it('never gives half a file: one that still grows is waited for', async () => {
    drop('list.csv', list('1,雪国'))
    for (let second = 0; second < 30; second += 1) {
      appendFileSync(join(folder, 'list.csv'), `n${second},題${second}\n`)
      await lookAfter(4_000)
    }
    expect(runs).toEqual([])
    await lookAfter(5_000)
    expect(await titles()).toBe(31)
  })

  it('tells in words what it does not take, leaves the file there, and the catalogue as it was', async () => {
    drop('list.csv', list(...Array.from({ length: 60 }, (_, no) => `n${no},題${no}`)))
    await lookAfter(0)
    await lookAfter(5_000)
    drop('list.csv', list('n1,題1', 'n2,題2'), 1_700_000_100_000)
    await lookAfter(5_000)
    await lookAfter(5_000)
    expect(await titles()).toBe(60)
    expect((await lastReport(town.hub.context))?.refusal).toContain('60 タイトルのうち 58')
    drop('list.csv', '<html>503</html>', 1_700_000_200_000)
    await lookAfter(5_000)
    await lookAfter(5_000)
    await lookAfter(60_000)
    expect(runs).toHaveLength(3)
    expect((await acts()).map(({ actor, act }) => [actor, act])).toEqual([
      ['hub', 'library-imported'],
      ['hub', 'library-import-refused'],
      ['hub', 'library-import-refused'],
    ])
    expect(readFileSync(join(folder, 'list.csv'), 'utf8')).toBe('<html>503</html>')
  })

  it('one bad row loses itself only', async () => {
    drop('list.csv', list('1,雪国', '2,', '3,門'))
    await lookAfter(0)
    await lookAfter(5_000)
    expect(await lastReport(town.hub.context)).toMatchObject({ titles: 2, refused: 1, notices: [{ line: 3 }] })
  })

  it('that is away is told of once, and read again when it is back', async () => {
    rmSync(folder, { recursive: true })
    for (let times = 0; times < 5; times += 1) await lookAfter(5_000)
    expect((await acts()).map(({ detail }) => detail)).toEqual(['見張っているフォルダーが開けません。'])
    mkdirSync(folder)
    drop('list.csv', list('1,雪国'))
    await lookAfter(5_000)
    await lookAfter(5_000)
    expect(await titles()).toBe(1)
  })

  it('with a file on which the program ends is told so, and does not try it for ever', async () => {
    watch = watchWith(async (args) => {
      runs.push(args[1] ?? '')
      return null
    })
    drop('list.csv', list('1,雪国'))
    await lookAfter(0)
    for (let times = 0; times < 5; times += 1) await lookAfter(5_000)
    expect(runs).toHaveLength(1)
    expect((await lastReport(town.hub.context))?.refusal).toContain('プログラムが止まりました')
  })

  it('that is no longer watched is left alone', async () => {
    await library('watch', 'none')
    drop('list.csv', list('1,雪国'))
    for (let times = 0; times < 3; times += 1) await lookAfter(5_000)
    expect(runs).toEqual([])
  })
})

describe('the hub', () => {
  it('reads a dropped list in a process of its own while it goes on', async () => {
    await library('watch', folder)
    watch = createCatalogueWatch({
      ...{ context: town.hub.context, jobs: town.hub.parts.catalogueJobs, uptimeMs: uptime.nowMs },
    })
    drop('list.csv', list('1,雪国', '2,こころ'))
    await lookAfter(0)
    const taken = lookAfter(5_000)
    await expect.poll(() => town.hub.parts.catalogueJobs.running()?.from).toBe('list.csv')
    expect((await town.ask('/healthz')).status).toBe(200)
    await taken
    expect(await titles()).toBe(2)
    expect(await lastReport(town.hub.context)).toMatchObject({ actor: 'hub', from: 'list.csv', refusal: null })
  })
})

describe('each day', () => {
  const tokyo = (text: string) => town.clock.set(Date.parse(`${text}:00+09:00`))

  it('at its time the other system is asked for what changed, once, and a failure is told', async () => {
    const oai = await oaiServer([{ id: 'x:1', title: '雪国', day: '2026-11-01' }], '2026-11-20')
    try {
      expect(await library('harvest', oai.address, '--daily', '03:30')).toBe(0)
      tokyo('2026-11-27T03:29')
      await watch.look()
      expect(runs).toEqual([])
      tokyo('2026-11-27T03:31')
      await watch.look()
      await watch.look()
      expect(runs).toEqual([oai.address])
      expect(await titles()).toBe(1)
      tokyo('2026-11-28T05:00')
      await watch.look()
      expect(oai.asked.at(-1)).toContain('from=2026-11-20')
      expect((await acts()).map(({ actor, act }) => [actor, act])).toEqual([
        ['hub', 'library-imported'],
        ['hub', 'library-imported'],
      ])
      expect(await library('harvest', oai.address, '--daily', 'none')).toBe(0)
      tokyo('2026-11-29T05:00')
      await watch.look()
      expect(runs).toHaveLength(2)
    } finally {
      await oai.close()
    }
  })

  it('what the end of the hub cut off is done when it is there again, and the day after at its time', async () => {
    const oai = await oaiServer([{ id: 'x:1', title: '雪国', day: '2026-11-01' }], '2026-11-20')
    try {
      await library('harvest', oai.address, '--daily', '03:30')
      const { context } = town.hub
      const jobs = createCatalogueJobs(
        context,
        (_args, _say, { closing }) => new Promise((resolve) => closing.addEventListener('abort', () => resolve(null))),
      )
      watch = createCatalogueWatch({ context, jobs, uptimeMs: uptime.nowMs })
      tokyo('2026-11-27T03:31')
      const looking = watch.look()
      await expect.poll(() => jobs.running()).not.toBeNull()
      await jobs.close()
      await looking
      watch = watchWith(inThisProcess)
      tokyo('2026-11-28T00:10')
      await watch.look()
      await watch.look()
      expect(runs).toEqual([oai.address])
      expect(await titles()).toBe(1)
      tokyo('2026-11-28T03:31')
      await watch.look()
      expect(runs).toHaveLength(2)
    } finally {
      await oai.close()
    }
  })

  it.each(['3:30', '24:00', '03:60', 'morning'])('%s is no time', async (time) => {
    await expect(library('harvest', 'https://library.example/oai', '--daily', time)).rejects.toThrow('03:30 のように')
  })

  it('an address with a password in it is not kept', async () => {
    await expect(library('harvest', 'https://a:b@library.example/oai', '--daily', '03:30')).rejects.toThrow(
      'パスワード',
    )
  })
})
