import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asking, libraryBench } from '../library/library-bench.ts'

const bench = libraryBench()
const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** mulberry32: small, seeded, good enough to choose bytes. */
function seeded(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

async function begun() {
  const one = bench.begin(await bench.file('base', ['ねこ', 'いぬ']))
  one.library.look()
  await expect.poll(() => one.library.view().ready).toBe(true)
  return one
}
type Begun = Awaited<ReturnType<typeof begun>>

/** Lost with what waited for it; opened again after the first wait, and told once. */
async function losesAndComesBack(one: Begun, lose: () => Promise<unknown>, reason: RegExp): Promise<void> {
  const threads = one.played.workers.length
  const lost = lose()
  await expect(lost).rejects.toMatchObject({ code: 'not-ready' })
  expect(one.library.view()).toMatchObject({ ready: false })
  await expect(one.total('ねこ')).rejects.toMatchObject({ code: 'not-ready' })
  expect(one.told).toHaveLength(1)
  expect(one.told[0]).toMatch(reason)
  one.pass(300)
  expect(one.played.workers).toHaveLength(threads + 1)
  await expect.poll(() => one.library.view().ready).toBe(true)
  expect(await one.titles('ねこ')).toEqual(['ねこ'])
}

describe('the thread is lost in the middle of a search', () => {
  it.each([
    ['exits', /^library-failed: it ended \(3\)$/],
    ['throws', /^library-failed: TypeError at played-search-thread\.ts:\d+$/],
    ['takes all memory', /^library-failed: ERR_WORKER_OUT_OF_MEMORY/],
  ])('because it %s', async (text, reason) => {
    const one = await begun()
    await losesAndComesBack(one, () => one.total(text), reason)
  })

  it('because it is ended from outside', async () => {
    const one = await begun()
    one.played.hold('searching')
    await losesAndComesBack(
      one,
      async () => {
        const lost = one.total('held')
        await expect.poll(() => one.played.reached('searching')).toBe(1)
        // Where it stands: let go first, it could answer before it is ended.
        await one.played.workers[0]?.terminate()
        return lost
      },
      /^library-failed: it ended \(1\)$/,
    )
  })

  it('because a question never ends: given up after five seconds, with all that waited behind it', async () => {
    const one = await begun()
    const endless = one.total('never ends')
    const behind = one.total('ねこ').catch((error) => error.code)
    one.pass(4_900)
    expect(one.library.view().ready).toBe(true)
    await losesAndComesBack(
      one,
      () => {
        one.pass(100)
        return endless
      },
      /^library-failed: no answer for 5 s$/,
    )
    expect(await behind).toBe('not-ready')
  })

  it('time in which the kiosk itself stood still is not counted against it', async () => {
    const one = await begun()
    one.played.hold('searching')
    const slow = one.total('held')
    await expect.poll(() => one.played.reached('searching')).toBe(1)
    for (let times = 0; times < 4; times += 1) {
      one.state.uptimeMs += 3_600_000
      one.library.look()
    }
    one.played.release('searching')
    expect(await slow).toBe(0)
    expect(one.told).toEqual([])
  })
})

describe('it is lost again and again', () => {
  it('is opened after longer and longer, told once; after good service it is told that it is well, and the next loss is news', async () => {
    const one = await begun()
    const lose = async () => {
      await expect.poll(() => one.library.view().ready).toBe(true)
      await expect(one.total('exits')).rejects.toMatchObject({ code: 'not-ready' })
    }
    for (const waitMs of [200, 1_000, 5_000, 30_000, 300_000, 300_000]) {
      await lose()
      const threads = one.played.workers.length
      one.pass(waitMs - 100)
      expect(one.played.workers).toHaveLength(threads)
      one.pass(100)
      expect(one.played.workers).toHaveLength(threads + 1)
    }
    expect(one.told).toEqual(['library-failed: it ended (3)'])

    await expect.poll(() => one.library.view().ready).toBe(true)
    one.pass(300_000)
    expect(one.told.slice(1)).toEqual([expect.stringMatching(/^recovered: library-failed 636\d00$/)])
    await lose()
    expect(one.told.at(-1)).toBe('library-failed: it ended (3)')
    const threads = one.played.workers.length
    one.pass(200)
    expect(one.played.workers).toHaveLength(threads + 1)
  })

  it('a newer catalogue that dies while it is opened leaves the old answers', async () => {
    const one = await begun()
    one.played.hold('opening')
    one.publish('base'.padStart(64, '0'), await bench.file('delta', ['とり']))
    for (const [at, waitMs] of [200, 1_000].entries()) {
      await expect.poll(() => one.played.reached('opening')).toBe(at + 2)
      await one.played.workers.at(-1)?.terminate()
      expect(await one.titles('ねこ')).toEqual(['ねこ'])
      one.pass(waitMs)
    }
    one.played.release('opening')
    await expect.poll(() => one.total('とり')).toBe(1)
    expect(one.told).toEqual(['library-failed: it ended (1)'])
  })
})

it(`whatever bytes of the files are damaged, every question gets an answer or a clear error, and it answers again when they are mended (seed ${seed})`, async () => {
  const random = seeded(seed)
  const rounds = 15
  const titles = Array.from({ length: 60 }, (_, at) => `ねこのほん${'あいうえおかきく'[at % 8]}${at}`)
  const base = await bench.file('base', titles)
  const delta = await bench.file('delta', ['ねこ', 'こねこ'], ['id-ねこのほんあ0'])
  const whole = [base, delta].map((blob) => ({ path: bench.path(blob), bytes: readFileSync(bench.path(blob)) }))
  const clear = ['not-ready', 'content-refused', 'not-found', 'rate-limited']

  for (let round = 0; round < rounds; round += 1) {
    const one = bench.begin(base, delta)
    const opened = random(2) === 0
    if (opened) {
      one.library.look()
      await expect.poll(() => one.library.view().ready).toBe(true)
    }
    const damagedFile = whole[random(2)] ?? whole[0]
    if (damagedFile === undefined) throw new Error('no file')
    const damaged = Buffer.from(damagedFile.bytes)
    for (let flips = 1 + random(200); flips > 0; flips -= 1) {
      const at = random(damaged.length)
      damaged[at] = (damaged[at] ?? 0) ^ (1 + random(255))
    }
    writeFileSync(damagedFile.path, damaged)

    for (let times = 0; times < 3; times += 1) {
      const { library } = one
      const asked = await Promise.allSettled([
        library.search(asking('ねこ'), 0, 60),
        library.search(asking('ほん'), 20, 20),
        library.counts(asking('')),
        library.suggest('ねこお'),
        library.title('id-ねこ'),
        library.status(titles.map((title) => `id-${title}`)),
      ])
      for (const one of asked)
        if (one.status === 'rejected') expect(clear, `round ${round}: ${one.reason}`).toContain(one.reason.code)
      one.pass(1_000)
    }

    for (const { path, bytes } of whole) writeFileSync(path, bytes)
    // As whoever mends a file says: what was read of it, and looked well, is read anew.
    one.state.damaged += 1
    // However long it had to wait after what it met. While a thread is being opened its time passes slowly: it is given up after two minutes of it, and a slow machine needs seconds.
    const isOpening = () => !one.library.view().ready && one.played.workers.some(({ threadId }) => threadId !== -1)
    await expect
      .poll(async () => {
        one.pass(isOpening() ? 50 : 1_000)
        return await one.total('こねこ').catch(() => 0)
      })
      .toBe(1)
    await one.library.close()
  }
})
