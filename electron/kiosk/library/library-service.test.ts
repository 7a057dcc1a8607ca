import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LibraryContent } from '../../../contract/menus/library.ts'
import { createLibraryService, type LibraryService } from './library-service.ts'
import { startSearchWorker } from './thread/search-worker.ts'

let folder: string
let uptimeMs: number
let told: string[]
let threads: number
let ended: number
let begun: LibraryService[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'))
  uptimeMs = 0
  told = []
  threads = 0
  ended = 0
  begun = []
})
afterEach(async () => {
  for (const library of begun) await library.close()
  rmSync(folder, { recursive: true, force: true })
})

const blob = 'a'.repeat(64)
const content: LibraryContent = {
  name: { ja: '図書館' },
  branches: [{ id: '館', name: { ja: '館' } }],
  shelves: [],
  plans: [],
  segments: [{ blob, records: 1 }],
  reserve: null,
  covers: {},
  asOf: '2026-01-01',
}
function service(file: string | null, has: LibraryContent | null = content): LibraryService {
  const library = createLibraryService({
    content: () => has,
    releaseNumber: () => 3,
    file: () => file,
    hub: async () => null,
    connected: () => true,
    nowMs: () => 0,
    uptimeMs: () => uptimeMs,
    report: (code, _level, detail) => void told.push(`${code} ${detail.menu}`),
    startWorker() {
      threads += 1
      return startSearchWorker().on('exit', () => {
        ended += 1
      })
    },
  })
  begun.push(library)
  return library
}
const query = {
  text: 'あ',
  filter: { kinds: [], shelves: [], aboutTown: false, onlyIn: false },
  order: 'best' as const,
}

it('a release without the menu has no title, and no name', () => {
  expect(service(null, null).view()).toMatchObject({ ready: false, titles: 0, name: null })
})

it('a search file that is still on its way: not ready, and said so to whoever asks', async () => {
  const library = service(null)
  expect(library.view()).toMatchObject({ ready: false, titles: 0, name: { ja: '図書館' } })
  await expect(library.search(query, 0, 10)).rejects.toMatchObject({ code: 'not-ready' })
  await expect(library.status(['x'])).rejects.toMatchObject({ code: 'not-ready' })
  expect(told).toEqual([])
})

it('a damaged one is told once, and tried again after a while', async () => {
  const file = join(folder, 'damaged.library')
  writeFileSync(file, 'これは検索ファイルではありません')
  const library = service(file)
  expect(library.view().ready).toBe(false)
  await expect.poll(() => told).toEqual(['release-refused library'])
  for (let asked = 0; asked < 3; asked += 1) expect(library.view().ready).toBe(false)
  expect(threads).toBe(1)
  uptimeMs += 3_600_000
  expect(library.view().ready).toBe(false)
  expect(threads).toBe(2)
  await expect.poll(() => ended).toBe(2)
  expect(told).toEqual(['release-refused library'])
})
