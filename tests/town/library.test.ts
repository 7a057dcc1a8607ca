import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contentDir } from '../../build/release0.ts'
import { libraryFilterSchema } from '../../contract/menus/library.ts'
import { playedClock, quickTiming, type TestKiosk, testKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'
import { type TestHub, testHub } from '../../townhall/testing/test-hub.ts'
import { town as cli } from './run-command.ts'

/** A library's catalogue from the file that staff hand in to the visitor's search: the real hub, the real commands, the real kiosk. */
const titles = 6_000
const newTitle = '十勝の空と小さな図書館'
const goneTitle = '消えゆく汽車の本 17'

let town: TestHub
let kiosk: TestKiosk
let scratch: string
let line: ReturnType<typeof countedLine>

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'town-library-'))
  cpSync(contentDir, join(scratch, 'content'), { recursive: true })
  town = await testHub()
  line = countedLine()
  await importAndPublish(catalogue())
  kiosk = await startKiosk()
  const facility = town.hub.parts.facilities.find(({ id }) => id === 'kenko-plaza')
  if (facility === undefined) throw new Error('no such facility')
  const { code } = await town.hub.parts.enrolment.createCode(facility, 'test')
  await kiosk.kiosk.enrol({ hubUrl: town.hub.url, code })
})
afterAll(async () => {
  await kiosk.kiosk.stop()
  await town.close()
  rmSync(scratch, { recursive: true, force: true })
})

function startKiosk(): Promise<TestKiosk> {
  return testKiosk({
    dataDir: join(scratch, 'kiosk'),
    release0Dir: join(scratch, 'release0'),
    clock: playedClock({ wallMs: town.clock.nowMs() }),
    timing: { ...quickTiming, releasePollMs: 200, catalogueLookMs: 20 },
    fetchImpl: line.fetch,
  })
}

/** A line that counts what comes down, breaks once in the middle of a file larger than the limit, and can be cut. */
function countedLine() {
  const came = new Map<string, { range: string | null; bytes: number }[]>()
  const open = new Set<AbortController>()
  const state = { cutOnceAfterBytes: Number.POSITIVE_INFINITY, isCut: false }
  const counted: typeof fetch = async (input, init) => {
    if (state.isCut) throw new TypeError('fetch failed')
    const request = new Request(input, init)
    const ending = new AbortController()
    open.add(ending)
    const answer = await fetch(request, { signal: AbortSignal.any([request.signal, ending.signal]) })
    const address = new URL(request.url).pathname
    const one = { range: request.headers.get('range'), bytes: 0 }
    came.set(address, [...(came.get(address) ?? []), one])
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        one.bytes += part.length
        if (one.bytes > state.cutOnceAfterBytes) {
          state.cutOnceAfterBytes = Number.POSITIVE_INFINITY
          controller.error(new TypeError('terminated'))
        } else controller.enqueue(part)
      },
    })
    const body = answer.body?.pipeThrough(counting) ?? null
    return new Response(body, { status: answer.status, headers: answer.headers })
  }
  return {
    fetch: counted,
    state,
    /** Questions for one address, of which so much came in all. */
    cameFrom: (leastBytes: number) =>
      [...came.values()].filter((all) => all.reduce((bytes, one) => bytes + one.bytes, 0) >= leastBytes),
    contentBytes: () =>
      [...came]
        .filter(([address]) => /^\/releases\/(?:blobs|packs|pieces)\//.test(address))
        .reduce((sum, [, all]) => sum + all.reduce((bytes, one) => bytes + one.bytes, 0), 0),
    forget: () => came.clear(),
    cut(): void {
      state.isCut = true
      for (const one of open) one.abort()
    },
  }
}

function catalogue(without: string | null = null, more: string | null = null): string {
  const names = [...Array(titles).keys()].map((at) =>
    at === 17 ? goneTitle : `${'町史資料集成 海と山と川のあるところ 第'}${at}巻 ${(at * 7_919) % 100_003}のしおり`,
  )
  const rows = [...names, ...(more === null ? [] : [more])].map((name, at) => [
    ...[`T${at}`, `${700_000 + at}`, name, '', `著者${(at * 31) % 977}`, `出版社${at % 50}`, '2001', '210'],
    ...[`210/${at}`, '図書', '文学', '図書館'],
  ])
  const header = '書誌番号,資料番号,タイトル,タイトルヨミ,著者,出版社,出版年,分類記号,請求記号,資料種別,保管場所,館'
  return [header, ...rows.filter(([, , name]) => name !== without).map((row) => row.join(','))].join('\r\n')
}

async function importAndPublish(csv: string): Promise<void> {
  const file = join(scratch, 'catalogue.csv')
  writeFileSync(file, csv)
  const data = ['--data', join(town.dir, 'data')]
  expect(await cli('library', 'import', file, ...data)).toMatchObject({ code: 0 })
  expect(await cli('publish', '--content', join(scratch, 'content'), ...data)).toMatchObject({ code: 0 })
}

const filter = libraryFilterSchema.parse({})
const search = (text: string) => kiosk.screen.library.search({ text, filter, order: 'best', from: 0, most: 20 })
const found = async (text: string) => (await search(text)).titles.map(({ title }) => title)
const foundOrNot = (text: string) => found(text).catch(() => null)

const errors = () => kiosk.logged.filter(({ level }) => level === 'error')

function searchFiles(): string[] {
  const dir = join(town.dir, 'data', 'library')
  return readdirSync(dir)
    .filter((name) => name.endsWith('.library'))
    .map((name) => join(dir, name))
}
const bytesOf = (kind: string) => {
  const files = searchFiles().filter((file) => file.includes(`/${kind}-`))
  return files.reduce((sum, file) => sum + statSync(file).size, 0)
}

it('comes to the kiosk whole though the line breaks in the middle of it: what had come is not fetched again', async () => {
  const base = bytesOf('base')
  expect(base).toBeGreaterThan(4_500_000)
  line.state.cutOnceAfterBytes = 3_000_000
  kiosk.kiosk.start()
  await expect.poll(() => foundOrNot(goneTitle)).toEqual([goneTitle])
  expect((await kiosk.screen.library.view()).titles).toBe(titles)
  const [asked = []] = line.cameFrom(base)
  expect(asked.map(({ range }) => range?.split('-')[1] ?? null)).toEqual([null, `${base - 1}`])
  const kept = base - (asked[1]?.bytes ?? 0)
  expect(kept).toBeGreaterThan(2_900_000)
  expect(asked[1]?.range).toBe(`bytes=${kept}-${base - 1}`)
  expect(errors()).toEqual([])
})

it('the change of a day is a small file: the new title is found, the one that went is not, the others stay', async () => {
  const base = bytesOf('base')
  line.forget()
  await importAndPublish(catalogue(goneTitle, newTitle))
  expect(bytesOf('base')).toBe(base)
  await expect.poll(() => foundOrNot(newTitle)).toEqual([newTitle])
  expect(await found(goneTitle)).toEqual([])
  expect(await found('海と山と川 第4321巻')).toHaveLength(1)
  expect((await kiosk.screen.library.view()).titles).toBe(titles)
  const came = line.contentBytes()
  expect(came).toBeGreaterThan(bytesOf('delta'))
  expect(came).toBeLessThan(bytesOf('delta') + 20_000)
})

it('a search file that comes to harm while it is open is fetched again, and answers as before', async () => {
  const blobs = join(scratch, 'kiosk', 'releases', 'blobs')
  const base = bytesOf('base')
  const [name = ''] = readdirSync(blobs).filter((one) => statSync(join(blobs, one)).size === base)
  const whole = readFileSync(join(blobs, name))
  writeFileSync(join(blobs, name), Buffer.alloc(base, '%'))
  const ask = (at: number) => foundOrNot(`海と山と川 第${at}巻`)
  // Whatever it had read before may still answer.
  let at = 1_000
  const askedOn = async () => {
    at += 1
    await ask(at)
    return kiosk.codes()
  }
  await expect.poll(askedOn).toContain('cache-rebuilt')
  await expect.poll(() => ask(5_432)).toHaveLength(1)
  expect(readFileSync(join(blobs, name)).equals(whole)).toBe(true)
})

it('with the line cut, and after a new start without it, search and titles answer; of loans nothing is known, without fuss', async () => {
  const answers = async () => {
    const [id] = (await search(newTitle)).titles.map((title) => title.id)
    expect(id).toBe(`T${titles}`)
    const page = await kiosk.screen.library.title({ id: `T${titles}` })
    expect(page.record.title).toBe(newTitle)
    expect(await kiosk.screen.library.status({ ids: [`T${titles}`] })).toEqual({
      asOfMs: null,
      titles: [{ id: `T${titles}`, state: 'unknown', copiesIn: null, due: null, items: [] }],
    })
  }
  line.cut()
  await answers()
  await kiosk.kiosk.stop()
  kiosk = await startKiosk()
  kiosk.kiosk.start()
  await expect.poll(() => foundOrNot(newTitle)).toEqual([newTitle])
  await answers()
  expect(errors()).toEqual([])
})
