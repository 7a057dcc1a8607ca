import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decideWaiting } from './decide-waiting.ts'

const asker = fc.record({ at: fc.nat(), gone: fc.boolean() })
const decide = (waiting: readonly { gone: boolean }[]) => decideWaiting(waiting, ({ gone }) => gone)

it('drops who has gone, and of too many the oldest', () => {
  const [gone, ...there] = [{ gone: true }, ...Array.from({ length: 10 }, () => ({ gone: false }))]
  const { kept, dropped } = decideWaiting([...there.slice(0, 5), gone, ...there.slice(5)], (one) => one?.gone === true)
  expect(kept).toEqual(there.slice(2))
  expect(dropped).toEqual([there[0], there[1], gone])
})

it('never keeps more than eight, loses nobody, and keeps the order', () => {
  fc.assert(
    fc.property(fc.array(asker), (waiting) => {
      const { kept, dropped } = decide(waiting)
      expect(kept.length).toBe(Math.min(8, waiting.filter(({ gone }) => !gone).length))
      expect(new Set([...kept, ...dropped])).toEqual(new Set(waiting))
      expect(kept.length + dropped.length).toBe(waiting.length)
      expect(waiting.filter((one) => kept.some((other) => other === one))).toEqual(kept)
    }),
  )
})
