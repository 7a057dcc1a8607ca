import { describe, expect, it } from 'vitest'
import { decideMark } from './kana-marks.ts'

describe('a mark on a kana', () => {
  it.each([
    ['か', 'voiced', 'が'],
    ['が', 'voiced', 'か'],
    ['は', 'voiced', 'ば'],
    ['ば', 'voiced', 'は'],
    ['ぱ', 'voiced', 'ば'],
    ['は', 'half', 'ぱ'],
    ['ば', 'half', 'ぱ'],
    ['ぱ', 'half', 'は'],
    ['う', 'voiced', 'ゔ'],
    ['ゔ', 'voiced', 'う'],
    ['つ', 'small', 'っ'],
    ['っ', 'small', 'つ'],
    ['つ', 'voiced', 'づ'],
    ['や', 'small', 'ゃ'],
    ['か', 'small', null],
    ['あ', 'voiced', null],
    ['か', 'half', null],
    ['', 'voiced', null],
  ] as const)('%s with %s is %s', (kana, mark, expected) => expect(decideMark(kana, mark)).toBe(expected))
})
