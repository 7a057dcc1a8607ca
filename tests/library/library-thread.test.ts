import { rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asking, libraryBench } from './library-bench.ts'

const bench = libraryBench()
const notReady = expect.objectContaining({ code: 'not-ready' })

describe('a catalogue is opened in a thread of its own', () => {
  it('says that it is not ready until it is, then answers everything', async () => {
    const one = bench.begin(await bench.file('base', ['ねこ', 'いぬ']))
    one.played.hold('opening')
    one.library.look()
    await expect.poll(() => one.played.reached('opening')).toBe(1)
    expect(one.library.view()).toMatchObject({ ready: false, titles: 0, name: { ja: '図書館' } })
    await expect(one.total('ねこ')).rejects.toEqual(notReady)
    await expect(one.library.counts(asking('ねこ'))).rejects.toEqual(notReady)
    await expect(one.library.suggest('ねこ')).rejects.toEqual(notReady)
    await expect(one.library.title('id-ねこ')).rejects.toEqual(notReady)
    await expect(one.library.status(['id-ねこ'])).rejects.toEqual(notReady)

    one.played.release('opening')
    await expect.poll(() => one.state.readies).toBe(1)
    expect(one.library.view()).toMatchObject({ ready: true, titles: 2 })
    expect(await one.titles('ねこ')).toEqual(['ねこ'])
    expect((await one.library.counts(asking(''))).kinds).toEqual({ book: 2 })
    expect(await one.library.suggest('ねこ')).toEqual([])
    expect((await one.library.title('id-ねこ')).record.title).toBe('ねこ')
    await expect(one.library.title('nobody')).rejects.toMatchObject({ code: 'not-found' })
    expect((await one.library.status(['id-ねこ', 'nobody'])).titles).toHaveLength(1)
    expect(one.told).toEqual([])
  })

  it('a file that is still on its way is waited for, in silence', async () => {
    const one = bench.begin(await bench.file('base', ['ねこ']))
    one.state.there = false
    one.pass(60_000)
    expect(one.played.workers).toHaveLength(0)
    one.state.there = true
    one.library.look()
    await expect.poll(() => one.total('ねこ').catch(() => null)).toBe(1)
    expect(one.told).toEqual([])
  })
})

describe('a file that was found damaged', () => {
  it('is opened anew once another lies there; what was open answers until then', async () => {
    const base = await bench.file('base', ['ねこ'])
    const one = bench.begin(base)
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)
    rmSync(bench.path(base))
    one.state.there = false
    one.state.damaged = 1
    one.pass(60_000)
    expect(await one.titles('ねこ')).toEqual(['ねこ'])
    await bench.file('base', ['ねこ', 'ねこのて'])
    one.state.there = true
    one.library.look()
    await expect.poll(() => one.state.readies).toBe(2)
    expect(await one.total('ねこ')).toBe(2)
    expect(one.told).toEqual([])
  })
})

describe('another release', () => {
  it("is opened beside the one that answers, and takes over when it is ready; the other's last answer is waited for", async () => {
    const base = await bench.file('base', ['ねこ', 'held'])
    const one = bench.begin(base)
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)

    one.played.hold('opening')
    one.publish(base, await bench.file('delta', ['ねこのほん'], ['id-ねこ']))
    await expect.poll(() => one.played.reached('opening')).toBe(2)
    expect(await one.titles('ねこ')).toEqual(['ねこ'])
    expect(one.library.view()).toMatchObject({ ready: true, titles: 2 })

    one.played.hold('searching')
    const slow = one.titles('held')
    await expect.poll(() => one.played.reached('searching')).toBe(1)
    const behind = one.titles('ねこ')
    one.played.release('opening')
    await expect.poll(() => one.state.readies).toBe(2)
    expect(await one.titles('ねこ')).toEqual(['ねこのほん'])

    one.played.release('searching')
    expect(await slow).toEqual(['held'])
    expect(await behind).toEqual(['ねこ'])
    const [former] = one.played.workers
    await expect.poll(() => former?.threadId).toBe(-1)
    expect(await one.titles('ねこ')).toEqual(['ねこのほん'])
    expect(one.told).toEqual([])
  })

  it('one that is taken back before it is ready never answers', async () => {
    const base = await bench.file('base', ['ねこ'])
    const one = bench.begin(base)
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)
    one.played.hold('opening')
    one.publish(base, await bench.file('delta', ['いぬ']))
    await expect.poll(() => one.played.reached('opening')).toBe(2)
    one.publish(base)
    await expect.poll(() => one.played.workers[1]?.threadId).toBe(-1)
    expect(one.state.readies).toBe(1)
    expect(await one.total('いぬ')).toBe(0)
  })

  it('a newer one that cannot be used leaves the old answers, and is tried again after a while', async () => {
    const base = await bench.file('base', ['ねこ'])
    const one = bench.begin(base)
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)
    const delta = await bench.file('delta', ['いぬ'])
    writeFileSync(bench.path(delta), 'これは検索ファイルではありません')
    one.publish(base, delta)
    await expect.poll(() => one.told).toHaveLength(1)
    expect(one.told[0]).toMatch(/^release-refused: a search file is refused/)
    expect(await one.total('ねこ')).toBe(1)
    await bench.file('delta', ['いぬ'])
    one.pass(29_000)
    expect(one.played.workers).toHaveLength(2)
    one.pass(2_000)
    await expect.poll(() => one.total('いぬ')).toBe(1)
    expect(one.told).toHaveLength(1)
  })

  it('without the menu it answers no more', async () => {
    const one = bench.begin(await bench.file('base', ['ねこ']))
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)
    one.publish()
    expect(one.library.view()).toMatchObject({ ready: false, titles: 0, name: null })
    await expect(one.total('ねこ')).rejects.toEqual(notReady)
    await expect.poll(() => one.played.workers[0]?.threadId).toBe(-1)
  })
})

describe('questions', () => {
  it('of many that wait behind a slow one the newest eight are answered, the others told at once', async () => {
    const one = bench.begin(await bench.file('base', ['ねこ']))
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)
    one.played.hold('searching')
    const slow = one.total('held')
    await expect.poll(() => one.played.reached('searching')).toBe(1)
    const asked = Array.from({ length: 20 }, () => one.total('ねこ').catch((error) => error.code))
    expect(await Promise.all(asked.slice(0, 12))).toEqual(Array.from({ length: 12 }, () => 'rate-limited'))
    one.played.release('searching')
    expect(await slow).toBe(0)
    expect(await Promise.all(asked.slice(12))).toEqual(Array.from({ length: 8 }, () => 1))
  })

  it('of a screen that has gone never begin', async () => {
    const one = bench.begin(await bench.file('base', ['ねこ']))
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)
    one.played.hold('searching')
    const slow = one.total('held')
    await expect.poll(() => one.played.reached('searching')).toBe(1)
    const gone = new AbortController()
    const left = one.library.search(asking('held'), 0, 20, gone.signal).catch((error) => error.code)
    const last = one.total('ねこ')
    gone.abort()
    one.played.release('searching')
    expect([await slow, await left, await last]).toEqual([0, 'rate-limited', 1])
    expect(one.played.reached('searching')).toBe(1)
  })
})

describe('loans', () => {
  it('reach the thread, the next thread too, and are forgotten when they are old', async () => {
    const base = await bench.file('base', ['ねこ', 'いぬ'])
    const one = bench.begin(base)
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)
    const onlyIn = async () =>
      (await one.library.search(asking('', { onlyIn: true }), 0, 20)).titles.map(({ id }) => id)
    expect((await one.library.counts(asking(''))).in).toBeNull()

    one.hub.loans = { asOfMs: 0, out: ['id-ねこ', ...Array.from({ length: 100_000 }, (_, at) => `nobody${at}`)] }
    await one.library.lookForLoans()
    await expect.poll(() => one.library.view().loansAtMs).toBe(0)
    expect(await onlyIn()).toEqual(['id-いぬ'])
    expect((await one.library.counts(asking(''))).in).toBe(1)

    one.publish(base, await bench.file('delta', ['とり']))
    await expect.poll(() => one.state.readies).toBe(2)
    expect((await onlyIn()).sort()).toEqual(['id-いぬ', 'id-とり'])

    one.state.uptimeMs += 25 * 3_600_000
    one.library.look()
    await expect.poll(() => one.library.view().loansAtMs).toBeNull()
    expect((await one.library.counts(asking(''))).in).toBeNull()
  })

  it('that are many keep no question waiting, and every answer goes by one whole list', async () => {
    const one = bench.begin(await bench.file('base', ['ねこ', 'いぬ', 'とり']))
    one.library.look()
    await expect.poll(() => one.library.view().ready).toBe(true)
    const tell = async (asOfMs: number, out: string[]) => {
      one.hub.loans = { asOfMs, out }
      await one.library.lookForLoans()
    }
    const many = Array.from({ length: 100_000 }, (_, at) => `nobody${at}`)
    await tell(1, ['id-ねこ'])
    await expect.poll(() => one.library.view().loansAtMs).toBe(1)
    // The first of the list stands in its first part, the last in its last.
    await tell(2, ['id-いぬ', ...many, 'id-とり'])
    const answers: string[] = []
    while (one.library.view().loansAtMs !== 2) {
      const { titles } = await one.library.search(asking('', { onlyIn: true }), 0, 20)
      answers.push(titles.map(({ title }) => title).join())
    }
    const before = 'いぬ,とり'
    expect(answers[0]).toBe(before)
    expect(answers.length).toBeGreaterThan(5)
    expect(new Set(answers.slice(0, -1))).toEqual(new Set([before]))
    expect([before, 'ねこ']).toContain(answers.at(-1))
    expect((await one.library.counts(asking(''))).in).toBe(1)

    // A newer list takes the place of one that is half told.
    await tell(3, [...many, 'id-とり'])
    await one.library.search(asking('ねこ'), 0, 20)
    await tell(4, [])
    await expect.poll(() => one.library.view().loansAtMs).toBe(4)
    expect((await one.library.counts(asking(''))).in).toBe(3)
  })
})

it('a service that is closed answers nobody and starts nothing', async () => {
  const one = bench.begin(await bench.file('base', ['ねこ']))
  one.library.look()
  await one.library.close()
  one.pass(1_000)
  expect(one.played.workers).toHaveLength(1)
  await expect(one.total('ねこ')).rejects.toEqual(notReady)
})
