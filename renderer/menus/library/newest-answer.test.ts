import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNewestAnswer } from './newest-answer.ts'

describe('answers that overtake one another', () => {
  it('an older one never takes the place of a newer one, and the last one stands at the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 12 }), async (schedule, count) => {
        const newest = createNewestAnswer()
        const shown: number[] = []
        const asked = Array.from({ length: count }, (_, index) =>
          newest.take(
            () => schedule.schedule(Promise.resolve(index)),
            (answer) => shown.push(answer),
            () => undefined,
          ),
        )
        await schedule.waitFor(Promise.all(asked))
        expect(shown).toEqual([...shown].sort((a, b) => a - b))
        expect(shown.at(-1)).toBe(count - 1)
      }),
    )
  })

  it('whoever types fast is asked for the first and the last, one after the other', async () => {
    const newest = createNewestAnswer()
    const answers = Array.from({ length: 10 }, () => Promise.withResolvers<number>())
    const asked: number[] = []
    const shown: number[] = []
    const all = answers.map(({ promise }, at) =>
      newest.take(
        () => {
          asked.push(at)
          return promise
        },
        (answer) => shown.push(answer),
        () => shown.push(-1),
      ),
    )
    expect(asked).toEqual([0])
    answers[9]?.resolve(9)
    answers[0]?.resolve(0)
    await Promise.all(all)
    expect({ asked, shown }).toEqual({ asked: [0, 9], shown: [0, 9] })
  })

  it('a failure is told for the last question only', async () => {
    const newest = createNewestAnswer()
    let failures = 0
    const fail = () =>
      newest.take(
        () => Promise.reject(new Error('away')),
        () => undefined,
        () => (failures += 1),
      )
    await Promise.all([fail(), fail(), fail()])
    expect(failures).toBe(1)
  })

  it('tells nobody who has gone', async () => {
    const newest = createNewestAnswer()
    const told: string[] = []
    const waiting = newest.take(
      () => Promise.resolve(1),
      () => told.push('answer'),
      () => told.push('failure'),
    )
    newest.end()
    await waiting
    expect(told).toEqual([])
  })
})
