import { beforeEach, describe, expect, it } from 'vitest'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import { unknownStatus } from '../decide-status.ts'
import { createLiveStatus } from './live-status.ts'
import type { StatusSource } from './status-source.ts'

const title = (id: string): LibraryRecord => ({
  ...{ id, kind: 'book', title: id, authors: [], series: [], subjects: [], aboutTown: false, loans: 0, holdings: [] },
})
const titles = (...ids: string[]) => ids.map(title)

type Question = {
  ids: string[]
  tell: (...ids: string[]) => void
  end: (failed?: { reason: string; waitMs: number | null }) => void
}
let nowMs: number
let questions: Question[]
let endWait: () => void
let waits: number[]

beforeEach(() => {
  nowMs = 1_000_000
  questions = []
  waits = []
})

function live(more: Partial<StatusSource> = {}) {
  const source: StatusSource = {
    ...{ freshMs: 60_000, usefulMs: 900_000, most: 3 },
    ask: (records, tell) =>
      new Promise((resolve) => {
        questions.push({
          ids: records.map(({ id }) => id),
          tell: (...ids) => tell(ids.map((id) => ({ ...unknownStatus(id), state: 'in' }))),
          end: (failed) => resolve(failed ?? null),
        })
      }),
    ...more,
  }
  return createLiveStatus({
    source,
    nowMs: () => nowMs,
    wait: (ms) =>
      new Promise((resolve) => {
        waits.push(ms)
        endWait = resolve
      }),
    log: { warn: () => undefined },
  })
}
const told = async (answer: ReturnType<ReturnType<typeof live>['status']>) => {
  const { asOfMs, titles: some } = await answer
  return { asOfMs, ids: some.map(({ id }) => id) }
}

describe('loan status of what is on screen', () => {
  it('is told as soon as it is there, then from memory while it is fresh, and asked anew after', async () => {
    const status = live()
    const first = told(status.status(titles('a', 'b')))
    questions[0]?.tell('a', 'b')
    questions[0]?.end()
    expect(await first).toEqual({ asOfMs: 1_000_000, ids: ['a', 'b'] })
    nowMs += 60_000
    expect(await told(status.status(titles('b')))).toEqual({ asOfMs: 1_000_000, ids: ['b'] })
    expect(questions).toHaveLength(1)
    nowMs += 1
    const again = told(status.status(titles('b')))
    questions[1]?.tell('b')
    expect(await again).toEqual({ asOfMs: 1_060_001, ids: ['b'] })
  })

  it('that comes too late for this visitor is there at the next asking', async () => {
    const status = live()
    const first = told(status.status(titles('a', 'b')))
    questions[0]?.tell('a')
    endWait()
    expect(await first).toEqual({ asOfMs: 1_000_000, ids: ['a'] })
    expect(waits.every((ms) => ms < 2_000)).toBe(true)
    questions[0]?.tell('b')
    questions[0]?.end()
    expect(await told(status.status(titles('a', 'b')))).toEqual({ asOfMs: 1_000_000, ids: ['a', 'b'] })
    expect(questions).toHaveLength(1)
  })

  it('is asked for by one question at a time, what others want meanwhile in the next', async () => {
    const status = live()
    const visitors = [titles('a'), titles('b', 'c'), titles('b', 'd', 'e')].map((some) => told(status.status(some)))
    expect(questions.map(({ ids }) => ids)).toEqual([['a']])
    questions[0]?.tell('a')
    questions[0]?.end()
    await expect.poll(() => questions.length).toBe(2)
    // Who is asked for again stands behind the others.
    expect(questions[1]?.ids).toEqual(['c', 'b', 'd'])
    questions[1]?.tell('b', 'c', 'd')
    questions[1]?.end()
    await expect.poll(() => questions.length).toBe(3)
    questions[2]?.tell('e')
    questions[2]?.end()
    expect((await Promise.all(visitors)).map(({ ids }) => ids)).toEqual([['a'], ['b', 'c'], ['b', 'd', 'e']])
  })

  it('of a system that fails is not asked for in a while, each time longer, and as long as it says', async () => {
    const status = live()
    const fail = async (waitMs: number | null) => {
      const answer = told(status.status(titles('a')))
      questions.at(-1)?.end({ reason: '答えません。', waitMs })
      expect(await answer).toEqual({ asOfMs: null, ids: [] })
      return questions.length
    }
    expect(await fail(null)).toBe(1)
    expect(status.state()).toEqual({ toldAtMs: null, failure: { reason: '答えません。', atMs: 1_000_000 } })
    nowMs += 14_999
    expect(await fail(null)).toBe(1)
    nowMs += 1
    expect(await fail(null)).toBe(2)
    nowMs += 29_999
    expect(await fail(null)).toBe(2)
    nowMs += 1
    expect(await fail(500_000)).toBe(3)
    nowMs += 499_999
    expect(await fail(null)).toBe(3)
    nowMs += 1
    const answer = told(status.status(titles('a')))
    questions.at(-1)?.tell('a')
    questions.at(-1)?.end()
    expect(await answer).toMatchObject({ ids: ['a'] })
    expect(status.state().failure).toBeNull()
  })

  it('that was told is told for a while when nothing new comes, with its age', async () => {
    const status = live()
    const first = told(status.status(titles('a')))
    questions[0]?.tell('a')
    questions[0]?.end()
    await first
    nowMs += 900_000
    const late = told(status.status(titles('a')))
    endWait()
    expect(await late).toEqual({ asOfMs: 1_000_000, ids: ['a'] })
    nowMs += 1
    const later = told(status.status(titles('a')))
    endWait()
    expect(await later).toEqual({ asOfMs: null, ids: [] })
  })

  it('of a source that throws is one that fails', async () => {
    const status = live({ ask: () => Promise.reject(new Error('unreadable')) })
    expect(await told(status.status(titles('a')))).toEqual({ asOfMs: null, ids: [] })
    expect(status.state().failure).not.toBeNull()
  })
})
