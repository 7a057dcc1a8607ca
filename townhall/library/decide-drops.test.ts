import { describe, expect, it } from 'vitest'
import { decideDrops, isDrop } from './decide-drops.ts'

const file = (name: string, writtenMs: number, sinceMs: number) => ({
  name,
  mark: `m ${writtenMs}`,
  writtenMs,
  sinceMs,
})
const nowMs = 100_000
const [settled, growing] = [95_000, 95_001]

describe('dropped files', () => {
  it.each([
    ['none', [], {}, false, [], []],
    ['one that is whole is read', [file('a', 1, settled)], {}, false, ['a'], []],
    ['one that may still grow is left', [file('a', 1, growing)], {}, false, [], []],
    ['one that was read is not read again', [file('a', 1, settled)], { a: 'm 1' }, false, [], []],
    ['one that is written anew is read again', [file('a', 2, settled)], { a: 'm 1' }, false, ['a'], []],
    ['of whole lists the newest says all', [file('b', 2, settled), file('a', 1, settled)], {}, false, ['b'], ['a']],
    ['a newer one that still grows is waited for', [file('a', 1, settled), file('b', 2, growing)], {}, false, [], []],
    ['lists of changes follow each other', [file('b', 2, settled), file('a', 1, settled)], {}, true, ['a', 'b'], []],
    ['and none overtakes', [file('a', 1, settled), file('b', 2, growing), file('c', 3, settled)], {}, true, ['a'], []],
    ['of the same time by name', [file('b', 1, settled), file('a', 1, settled)], {}, true, ['a', 'b'], []],
  ] as const)('%s', (_, found, seen, part, read, over) => {
    const decided = decideDrops(found, seen, nowMs, part)
    expect(decided.read.map(({ name }) => name)).toEqual(read)
    expect(decided.over.map(({ name }) => name)).toEqual(over)
  })

  it.each([
    ['list.csv', true],
    ['蔵書 20261127.CSV', true],
    ['marc.mrc', true],
    ['list.csv.tmp', false],
    ['.list.csv', false],
    ['~list.csv', false],
    ['list.csv.part', false],
    ['readme.pdf', false],
  ])('%s: %s', (name, is) => expect(isDrop(name)).toBe(is))
})
