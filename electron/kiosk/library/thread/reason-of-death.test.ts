import { expect, it } from 'vitest'
import { reasonOfDeath } from './reason-of-death.ts'

it('names the error and where it was, and nothing that was typed', () => {
  const error = new RangeError('夏目漱石\n    at typed.ts:1')
  error.stack = `RangeError: 夏目漱石\n    at find (file:///opt/kiosk/word-search.ts:12:3)\n    at main.ts:1:1`
  expect(reasonOfDeath(error)).toBe('RangeError at word-search.ts:12')
  expect(reasonOfDeath(Object.assign(new Error('夏目漱石'), { code: 'ERR_WORKER_OUT_OF_MEMORY', stack: '' }))).toBe(
    'ERR_WORKER_OUT_OF_MEMORY',
  )
  expect(reasonOfDeath('夏目漱石')).toBe('it failed')
})
