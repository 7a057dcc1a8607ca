import { describe, expect, it } from 'vitest'
import type { ReleaseEntry } from '../../../contract/release.ts'
import { decidePacks, decidePieces } from './decide-transfer.ts'

const file = (name: string, size: number, path = `${name}.webp`): ReleaseEntry => [path, size, name]

describe('a pack or single blobs', () => {
  const decidePack = (files: ReleaseEntry[], missing: Set<string>) => decidePacks(files, missing, 100_000)
  const bucket = [file('a', 1_000), file('b', 100), file('c', 5_000), file('d', 2_000)]

  it('takes the pack when all is missing, and the part of it when the middle is', () => {
    expect(decidePack(bucket, new Set(['a', 'b', 'c', 'd']))).toMatchObject([{ start: 0, end: 8_099 }])
    expect(decidePack(bucket, new Set(['b', 'c']))).toMatchObject([{ start: 1_000, end: 6_099 }])
  })
  it('bears a little in vain for a question saved', () => {
    expect(decidePack(bucket, new Set(['a', 'c']))[0]?.wanted.map(({ hash }) => hash)).toEqual(['a', 'c'])
  })
  it('asks one by one when much would come in vain, or for one alone', () => {
    expect(decidePack(bucket, new Set(['a', 'd']))).toEqual([])
    expect(decidePack(bucket, new Set(['d']))).toEqual([])
    expect(decidePack(bucket, new Set())).toEqual([])
  })
  it('leaves out texts, which travel compressed, and what is there twice or empty', () => {
    const mixed = [
      file('t', 9_000, 'content.json'),
      file('a', 10),
      file('b', 10),
      file('a', 10, 'again.webp'),
      file('e', 0),
    ]
    expect(decidePack(mixed, new Set(['t', 'a', 'b', 'e']))).toMatchObject([{ start: 9_000, end: 9_019 }])
  })
  it('leaves a large file to travel by itself, and packs what lies on either side of it', () => {
    const library = [file('a', 10), file('b', 10), file('base', 100_000), file('c', 10), file('d', 10), file('e', 10)]
    expect(decidePack(library, new Set(['a', 'b', 'base', 'c', 'd', 'e']))).toMatchObject([
      { start: 0, end: 19 },
      { start: 100_020, end: 100_049 },
    ])
    expect(decidePack(library, new Set(['a', 'base', 'c']))).toEqual([])
  })
})

describe('pieces of a file', () => {
  const old = new Map([
    ['a', { offset: 0, size: 1_000 }],
    ['b', { offset: 1_000, size: 100 }],
    ['c', { offset: 1_100, size: 4_000 }],
  ])
  it('copies what it knows and asks for the rest in few ranges', () => {
    expect(
      decidePieces(old, [
        ['a', 1_000],
        ['x', 50],
        ['b', 100],
        ['y', 60],
        ['c', 4_000],
      ]),
    ).toEqual({
      copies: [
        { from: 0, to: 0, size: 1_000 },
        { from: 1_000, to: 1_050, size: 100 },
        { from: 1_100, to: 1_210, size: 4_000 },
      ],
      ranges: [{ start: 1_000, end: 1_209 }],
      comingBytes: 510,
    })
  })
  it('does not take a piece of another size for the same', () => {
    expect(decidePieces(old, [['a', 999]]).ranges).toEqual([{ start: 0, end: 998 }])
  })
  it('needs nothing when nothing is new', () => {
    expect(
      decidePieces(old, [
        ['c', 4_000],
        ['a', 1_000],
      ]),
    ).toMatchObject({ ranges: [], comingBytes: 0 })
  })
})
