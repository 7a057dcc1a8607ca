import { describe, expect, it } from 'vitest'
import { decideGuess } from './decide-guess.ts'

const of = (title: string, more: object = {}) => ({ title, authors: [], ...more })
const former = { title: '白い花', titleGuess: 'しろいはな' }

describe('what stands as the guessed reading', () => {
  it.each([
    ['what the analyser says', of('白い花'), 'しろいはな', null, 'しろいはな'],
    ['nothing where it is not sure', of('白い花'), null, former, undefined],
    [
      'nothing beside a reading that is given',
      of('白い花', { titleReading: 'ハッカ' }),
      'しろいはな',
      former,
      undefined,
    ],
    ['nothing of a title in kana', of('しろいはな'), 'しろいはな', null, undefined],
    ['without an analyser what was guessed before', of('白い花'), undefined, former, 'しろいはな'],
    ['without an analyser nothing of another title', of('赤い花'), undefined, former, undefined],
    ['without an analyser nothing of a new title', of('白い花'), undefined, null, undefined],
    ['nothing longer than a record holds', of('白い花'), 'し'.repeat(3_001), null, undefined],
    [
      'nothing of its author’s name',
      of('角田文 童話集', { authors: [{ name: '角田, 文' }] }),
      'かくた',
      null,
      undefined,
    ],
    [
      'a title that only shares a character',
      of('森の花', { authors: [{ name: '森' }] }),
      'もりのはな',
      null,
      'もりのはな',
    ],
    ['a title with a name in kana', of('まりの花', { authors: [{ name: 'まり' }] }), 'まりのはな', null, 'まりのはな'],
  ])('%s', (_, record, guessed, before, stands) => {
    expect(decideGuess(record, guessed, before)).toBe(stands)
  })
})
