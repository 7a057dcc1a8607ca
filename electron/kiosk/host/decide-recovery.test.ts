import { expect, it } from 'vitest'
import { decideRecovery, type ScreenRemedy, type ScreenTrouble } from './decide-recovery.ts'

const did = (...remedies: ScreenRemedy[]) => remedies.map((remedy, index) => ({ remedy, agoMs: 1_000 * (index + 1) }))
const table: [string, ScreenTrouble, ReturnType<typeof did>, ScreenRemedy][] = [
  ['a first crash', 'crashed', [], 'page'],
  ['a third crash in a row', 'crashed', did('page', 'page'), 'page'],
  ['a fourth', 'crashed', did('page', 'page', 'page'), 'browser'],
  [
    'a crash long after others',
    'crashed',
    did('page', 'page', 'page').map((one) => ({ ...one, agoMs: 60_000 })),
    'page',
  ],
  ['a loop', 'hangs', [], 'page'],
  ['no sign of painting', 'silent', [], 'page'],
  ['the page that was shown anew never came', 'silent', did('page'), 'browser'],
  ['still pixels', 'frozen', [], 'page'],
  ['still pixels, still', 'frozen', did('page'), 'browser'],
  ['nothing drawn', 'undrawn', [], 'gpu'],
  ['nothing drawn although the page was new', 'undrawn', did('page'), 'gpu'],
  ['nothing drawn again', 'undrawn', did('gpu'), 'browser'],
  ['zoomed', 'zoomed', [], 'browser'],
  ['drawn again, but standing', 'frozen', did('gpu'), 'browser'],
]
it.each(table)('%s', (_name, trouble, earlier, remedy) => {
  expect(decideRecovery(trouble, earlier)).toBe(remedy)
})
