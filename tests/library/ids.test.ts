import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLibrarySearch } from '../../electron/kiosk/library/search/library-search.ts'
import { buildSegment } from '../../townhall/library/segment/build-segment.ts'
import { asking, titled } from './library-bench.ts'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'library-ids-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** What stands around an id in the file, and what could be taken for it. */
const id = fc
  .array(fc.constantFrom(...'[],"\\:{}0123ab', '],["', '",0],["', ',0],[', '猫', '𠮷', '\ud842', '\n', '\u0000'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((pieces) => pieces.join(''))
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 200 })

async function opened(of: readonly string[]) {
  const file = join(dir, 'base')
  await buildSegment({ records: of.map((one) => ({ ...titled('猫'), id: one })), gone: [], file })
  return { file, search: openLibrarySearch({ files: [file], covers: {} }) }
}

describe('a title by its id', () => {
  it('is that title, whatever its id is made of, and no other; what is out is out', async () => {
    await fc.assert(
      fc.asyncProperty(ids, fc.array(id, { maxLength: 50 }), async (there, others) => {
        const { search } = await opened(there)
        for (const one of [...there, ...others])
          expect(search.title(one)?.record.id ?? null).toBe(there.includes(one) ? one : null)
        const out = [...there.filter((_, at) => at % 2 === 0), ...others.filter((one) => !there.includes(one))]
        search.takeOut({ ids: out, begins: true, ends: true })
        const isIn = search.search(asking('', { onlyIn: true }), 0, 200).titles.map((card) => card.id)
        expect(isIn.sort()).toEqual(there.filter((_, at) => at % 2 === 1).sort())
        search.close()
      }),
      { examples: [[['![', ',zz'], [',0],[']]] },
    )
  })

  it('a block that is no block any more is refused', async () => {
    const { file, search } = await opened(['a', 'b', 'c'])
    search.close()
    const bytes = readFileSync(file, 'latin1')
    for (const [whole, broken] of [
      ['[["a",0],["b",1],["c",2]]', '[["a",x],["b",1],["c",2]]'],
      ['[["a",0],["b",1],["c",2]]', '][["a",0,["b",1],["c",2]]'],
    ] as const) {
      expect(bytes).toContain(whole)
      writeFileSync(file, bytes.replace(whole, broken), 'latin1')
      const damaged = openLibrarySearch({ files: [file], covers: {} })
      expect(() => damaged.title('a')).toThrow('damaged')
      expect(() => damaged.takeOut({ ids: ['a'], begins: true, ends: true })).toThrow('damaged')
      damaged.close()
    }
  })
})
