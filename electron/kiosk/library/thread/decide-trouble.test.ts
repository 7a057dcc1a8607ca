import { expect, it } from 'vitest'
import { decideTrouble, servesWell, type Trouble } from './decide-trouble.ts'

function row(...kinds: ('damage' | 'death')[]) {
  let trouble: Trouble | null = null
  return kinds.map((kind, at) => {
    const decided = decideTrouble(trouble, kind, at * 1_000_000)
    trouble = decided.trouble
    return { waitMs: trouble.untilMs - at * 1_000_000, tell: decided.tell, sinceMs: trouble.sinceMs }
  })
}

it('after each death the wait is longer, up to five minutes, and only the first is told', () => {
  const deaths = row('death', 'death', 'death', 'death', 'death', 'death')
  expect(deaths.map(({ waitMs }) => waitMs)).toEqual([200, 1_000, 5_000, 30_000, 300_000, 300_000])
  expect(deaths.map(({ tell }) => tell)).toEqual([true, false, false, false, false, false])
  expect(deaths.map(({ sinceMs }) => sinceMs)).toEqual([0, 0, 0, 0, 0, 0])
})

it('a damaged file is tried again after half a minute, however often, and told once', () => {
  const damages = row('damage', 'damage', 'damage')
  expect(damages.map(({ waitMs }) => waitMs)).toEqual([30_000, 30_000, 30_000])
  expect(damages.map(({ tell }) => tell)).toEqual([true, false, false])
})

it('damage and death are each told once, in whatever order they come', () => {
  const both = row('damage', 'death', 'damage', 'death')
  expect(both.map(({ tell }) => tell)).toEqual([true, true, false, false])
  expect(both.map(({ waitMs }) => waitMs)).toEqual([30_000, 200, 30_000, 1_000])
})

it('five minutes of answers end a trouble', () => {
  expect(servesWell(7, 300_006)).toBe(false)
  expect(servesWell(7, 300_007)).toBe(true)
})
