import { spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LibraryOfHub } from '../../contract/library/hub-view.ts'
import { createCatalogueRepository } from '../../townhall/library/catalogue-repository.ts'
import { type TestHub, testHub } from '../../townhall/testing/test-hub.ts'
import { administratorAt, type Browser, browserAt, colleagueAt } from '../../townhall/testing/test-staff.ts'
import { awaited } from '../awaited.ts'
import { town as cli } from './run-command.ts'

/** An import that somebody ends before its end: the real hub, and the process that it starts for a list. */
const titles = 30_000
const mostTries = 20

let town: TestHub
let administrator: Browser
let editor: Browser
beforeEach(async () => {
  town = await testHub()
  administrator = await administratorAt(town)
  editor = await colleagueAt(town, administrator, 'editor')
})
afterEach(() => town.close())

/** Every title other than in the list before. */
const list = (generation: number, count: number) =>
  ['書誌番号,タイトル', ...Array.from({ length: count }, (_, at) => `n${at},第${generation}版の題${at}`), ''].join('\n')

const catalogue = () => createCatalogueRepository(town.hub.context.db)
async function seen() {
  const generations = new Set<string>()
  let count = 0
  for await (const { record } of catalogue().all(await catalogue().revision())) {
    generations.add(record.title.replace(/題.*/, ''))
    count += 1
  }
  return { titles: count, generations: [...generations] }
}
async function rows(stagedOnly: boolean): Promise<number> {
  const all = town.hub.context.db.selectFrom('library_titles').select('id')
  const of = stagedOnly ? all.where('revision', '>', await catalogue().revision()) : all
  return (await of.execute()).length
}
const acts = async () =>
  (await town.hub.context.db.selectFrom('audit').select(['actor', 'act', 'subject', 'detail']).execute()).filter(
    ({ act }) => act.startsWith('library'),
  )
const view = async () => (await editor.get('/api/v1/library')).json() as LibraryOfHub
const cancel = (id: string) => editor.post('/api/v1/library/import/cancel', { id })
const uploads = () => readdirSync(join(town.dir, 'data', 'library-uploads'))

async function handIn(text: string, name: string): Promise<void> {
  const cookie = [...editor.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const headers = { cookie, origin: town.hub.url, 'content-type': 'application/octet-stream' }
  const answer = await town.ask(`/upload/library?name=${name}`, { raw: text, method: 'POST', headers })
  expect(answer.status).toBe(202)
}
async function settled(): Promise<LibraryOfHub> {
  await expect.poll(() => town.hub.parts.catalogueJobs.idle()).toBe(true)
  return view()
}

/**
 * Hands in lists, each of another generation, until one is met in such a place and cancelled there.
 * @returns its name, and the generation that stood when it was; a quick disk may have read it to its end before
 */
async function cancelledWhen(isThere: () => Promise<boolean>): Promise<{ name: string; stands: number }> {
  for (let generation = 1; generation <= mostTries; generation += 1) {
    const name = `list-${generation}.csv`
    await handIn(list(generation, titles), name)
    const met = await whenThere(isThere)
    if (met !== null && (await cancel(met)).status === 200) {
      const { last } = await settled()
      if (last?.cancelledBy !== undefined) return { name, stands: generation - 1 }
    }
    expect((await settled()).last).toMatchObject({ from: name, refusal: null })
  }
  throw new Error(`no list was met in its middle, of ${mostTries}`)
}

/** @returns the identifier of the import that is there; null: it was over before */
async function whenThere(isThere: () => Promise<boolean>): Promise<string | null> {
  while (!town.hub.parts.catalogueJobs.idle()) {
    const running = town.hub.parts.catalogueJobs.running()
    if (running !== null && (await isThere())) return running.id
    await new Promise((resolve) => setImmediate(resolve))
  }
  return null
}

it.each([
  ['while its titles are written', async (): Promise<boolean> => (await rows(true)) > 0],
  ['before the first of them is', async (): Promise<boolean> => true],
] as const)(
  'a list that is cancelled in the console %s leaves the catalogue as it was, says who did it, and the next comes in',
  async (_, isThere) => {
    await handIn(list(0, titles), 'list-0.csv')
    await settled()
    const { name, stands } = await cancelledWhen(isThere)
    const after = await view()
    expect(after).toMatchObject({
      ...{ titles, running: null },
      last: {
        ...{ actor: 'editor@town.example', from: name, cancelledBy: 'editor@town.example', added: 0, changed: 0 },
        refusal: '読んでいる途中で中止しました。いまの蔵書はそのままです。',
      },
    })
    expect(await seen()).toEqual({ titles, generations: [`第${stands}版の`] })
    expect(await rows(false)).toBe(titles)
    expect((await acts()).at(-1)).toEqual({
      ...{ actor: 'editor@town.example', act: 'library-import-cancelled', subject: 'file', detail: name },
    })
    await expect.poll(uploads).toEqual([])
    await handIn(list(99, 500), 'small.csv&really=1')
    expect(await settled()).toMatchObject({ titles: 500, last: { from: 'small.csv', refusal: null, deleted: 29_500 } })
    expect(await seen()).toEqual({ titles: 500, generations: ['第99版の'] })
  },
)

it('is for those who hand lists in, and ends no other than the one that was seen', async () => {
  const approver = await colleagueAt(town, administrator, 'approver')
  await handIn(list(0, 10), 'list.csv')
  const id = await whenThere(async () => true)
  if (id === null) throw new Error('the process of an import ended before it began')
  expect((await approver.post('/api/v1/library/import/cancel', { id })).status).toBe(403)
  expect((await browserAt(town).post('/api/v1/library/import/cancel', { id })).status).toBe(401)
  expect((await cancel('of another')).status).toBe(409)
  await settled()
  expect((await cancel(id)).json()).toMatchObject({ message: 'この一覧を読む作業は、もう終わっています。' })
  expect((await view()).last).toMatchObject({ from: 'list.csv', refusal: null })
})

it('Ctrl+C on the command line ends an import the same way', async () => {
  const data = ['--data', join(town.dir, 'data')]
  const file = join(town.dir, 'list.csv')
  writeFileSync(file, list(0, titles))
  expect(await cli('library', 'import', file, ...data)).toMatchObject({ code: 0 })
  const command = join(import.meta.dirname, '..', '..', 'townhall', 'cli.ts')
  let stands = 0
  for (let generation = 1; generation <= mostTries; generation += 1) {
    writeFileSync(file, list(generation, titles))
    const child = spawn(process.execPath, [...process.execArgv, command, 'library', 'import', file, ...data])
    let said = ''
    child.stderr.on('data', (piece: Buffer) => {
      said += piece.toString()
    })
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    while (child.exitCode === null && (await rows(true)) === 0) await new Promise((resolve) => setImmediate(resolve))
    child.kill('SIGINT')
    if ((await awaited('an import that is ended', ended)) === 130) {
      expect(said).toContain('読んでいる途中で中止しました。いまの蔵書はそのままです。')
      expect((await view()).last).toMatchObject({ from: file, cancelledBy: 'command line' })
      expect(await seen()).toEqual({ titles, generations: [`第${stands}版の`] })
      expect(await rows(false)).toBe(titles)
      const entry = { actor: 'command line', act: 'library-import-cancelled', subject: 'file', detail: file }
      expect((await acts()).at(-1)).toEqual(entry)
      return
    }
    stands = generation
  }
  throw new Error(`no import was met in its middle, of ${mostTries}`)
})
