import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { askPin } from './ask-pin.ts'

function terminal(isTTY: boolean, typed: string) {
  const said: string[] = []
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => input })
  input.end(typed)
  return { said, answer: askPin({ input, say: (text) => said.push(text) }) }
}

it('takes the first line of what is piped in, and asks nothing', async () => {
  const { answer, said } = terminal(false, '582914\n')
  expect(await answer).toBe('582914')
  expect(said).toEqual([])
})

it('asks twice at a terminal, and never shows what is typed', async () => {
  const { answer, said } = terminal(true, '582914\r582914\r')
  expect(await answer).toBe('582914')
  expect(said).toHaveLength(2)
  expect(said.join()).not.toContain('582914')
})

it.each([
  ['two that differ', true, '582914\r582915\r', /not the same/],
  ['nothing', false, '', /no PIN was given/],
  ['only once', true, '582914\r', /no PIN was given/],
] as const)('refuses %s', async (_name, isTTY, typed, words) => {
  await expect(terminal(isTTY, typed).answer).rejects.toThrow(words)
})
