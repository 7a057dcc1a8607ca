import { expect, it } from 'vitest'
import { askLoans } from './ask-loans.ts'

type Answer = { asOfMs: number | null; unchanged: boolean; out: string[]; mark?: string; next?: number }
/** A hub that gives these answers one after the other. */
function hub(...answers: Answer[]) {
  const asked: object[] = []
  const libraryLoans = async (question: object) => {
    asked.push(question)
    return answers.shift() ?? { asOfMs: null, unchanged: false, out: [] }
  }
  return { asked, api: { libraryLoans } }
}
const part = (out: string[], mark: string, next?: number): Answer => ({
  ...{ asOfMs: 5, unchanged: false, out, mark },
  ...(next === undefined ? {} : { next }),
})

it('puts the parts together', async () => {
  const { api, asked } = hub(part(['a', 'b'], 'm', 1), part(['c'], 'm', 2), part([], 'm'))
  expect(await askLoans(api, 'before')).toEqual({ loans: { asOfMs: 5, out: ['a', 'b', 'c'] }, mark: 'm' })
  expect(asked).toEqual([{ part: 0, mark: 'before' }, { part: 1 }, { part: 2 }])
})
it('of what changed meanwhile keeps nothing', async () => {
  expect(await askLoans(hub(part(['a'], 'm', 1), part(['c'], 'n')).api, undefined)).toBeNull()
})
it('unchanged is nothing new', async () => {
  expect(await askLoans(hub({ asOfMs: 5, unchanged: true, out: [], mark: 'm' }).api, 'm')).toBeNull()
})
it('a library that does not tell is known as such', async () => {
  expect(await askLoans(hub().api, 'm')).toEqual({ loans: null, mark: undefined })
})
it('a hub of before tells all at once', async () => {
  expect(await askLoans(hub({ asOfMs: 5, unchanged: false, out: ['a'] }).api, undefined)).toEqual({
    ...{ loans: { asOfMs: 5, out: ['a'] }, mark: undefined },
  })
})
