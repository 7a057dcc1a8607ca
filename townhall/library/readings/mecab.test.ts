import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ReadingGuesser } from './guesser.ts'
import { openMecab } from './mecab.ts'

const there = await openMecab()
there?.close()
const opened: ReadingGuesser[] = []
async function open(of: Parameters<typeof openMecab>[0] = {}): Promise<ReadingGuesser> {
  const guesser = await openMecab(of)
  if (guesser === null) throw new Error('no guesser')
  opened.push(guesser)
  return guesser
}
afterEach(() => {
  for (const one of opened.splice(0)) one.close()
})

describe.skipIf(there === null)('MeCab itself', () => {
  it.each([
    ['月夜の郵便屋さん', 'つきよのゆうびんやさん'],
    ['三匹の小さな牛', 'さんびきのちいさなうし'],
    ['第２巻　十勝の野鳥', 'だい2かん　とかちのやちょう'],
    ['芽室町の歴史', 'めむろちょうのれきし'],
    ['國語の學校', 'こくごのがっこう'],
    ['麦畑のコンサート ABC', 'むぎばたけのコンサート　ABC'],
    ['🐈と魔法の図書館', '🐈とまほうのとしょかん'],
  ])('reads %s', async (title, reading) => {
    expect(await (await open()).guess([title])).toEqual([reading])
  })

  it('keeps each answer with its title, whatever is not asked between', async () => {
    const guesser = await open()
    expect(await guesser.guess(['大きな木', 'ぐりとぐら', '森〓外', '', '木\n\n石', '小さな家'])).toEqual([
      ...['おおきなき', null, null, null, null, 'ちいさないえ'],
    ])
    expect(await guesser.guess([])).toEqual([])
    const many = await guesser.guess(Array.from({ length: 3_000 }, (_, at) => (at % 2 === 0 ? '白い花' : '赤い鳥')))
    expect(new Set(many.filter((_, at) => at % 2 === 0))).toEqual(new Set(['しろいはな']))
    expect(new Set(many.filter((_, at) => at % 2 === 1))).toEqual(new Set(['あかいとり']))
  })

  it('is not shaken by a title of the longest kind', async () => {
    expect(await (await open()).guess(['白い花'.repeat(166), '白い花'])).toEqual([
      'しろいはな'.repeat(166),
      'しろいはな',
    ])
  })

  it('says by which version it reads', async () => {
    expect((await open()).version).toMatch(/^MeCab [\d.]+, IPADIC \d+, \d+$/)
  })
})

describe('without MeCab', () => {
  let dir = ''
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'mecab-'))
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  const program = (name: string, lines: string) => {
    writeFileSync(join(dir, name), `#!/bin/sh\n${lines}\n`)
    chmodSync(join(dir, name), 0o755)
    return { program: join(dir, name), dictionary: dir }
  }
  const ipadic = `case "$*" in *-D*) printf 'charset:\\tUTF-8\\nsize:\\t392127\\nleft size:\\t1316\\n'; exit 1;; *--version*) echo 'mecab of 0.996'; exit 0;; esac`

  it('there is no guesser where the program is missing, or its dictionary another', async () => {
    expect(await openMecab({ program: join(dir, 'missing'), dictionary: dir })).toBeNull()
    const other = `printf 'charset:\\tUTF-8\\nsize:\\t700000\\nleft size:\\t15000\\n'`
    expect(await openMecab(program('other', other))).toBeNull()
  })

  it('fails the question under which the program ends, and those after it', async () => {
    const guesser = await open(program('ends', `${ipadic}\nread line\nexit 3`))
    await expect(guesser.guess(['白い花'])).rejects.toThrow()
    await expect(guesser.guess(['白い花'])).rejects.toThrow()
  })
})
