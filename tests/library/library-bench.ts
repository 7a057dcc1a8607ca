import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { LibraryRecord } from '../../contract/library/record.ts'
import { type LibraryContent, type LibraryQuery, libraryFilterSchema } from '../../contract/menus/library.ts'
import { createLibraryService, type LibraryService } from '../../electron/kiosk/library/library-service.ts'
import { playedSearch } from '../../electron/kiosk/testing/played-search.ts'
import { buildSegment } from '../../townhall/library/segment/build-segment.ts'

export const titled = (title: string): LibraryRecord => ({
  id: `id-${title}`,
  kind: 'book',
  title,
  authors: [],
  series: [],
  subjects: [],
  aboutTown: false,
  loans: 0,
  holdings: [{ item: null, branch: 'main', shelf: 's1', callNumber: '1/ア', readingRoomOnly: false }],
})

export const asking = (text: string, filter: Partial<LibraryQuery['filter']> = {}): LibraryQuery => ({
  text,
  filter: libraryFilterSchema.parse(filter),
  order: 'best',
})

/** The library of a kiosk with real search files and real threads, whose time passes when told. For each test of a file anew. */
export function libraryBench() {
  let folder = ''
  const begun: LibraryService[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'library-bench-'))
  })
  afterEach(async () => {
    for (const library of begun.splice(0)) await library.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const path = (blob: string) => join(folder, blob)
  const contentOf = (blobs: readonly string[]): LibraryContent => ({
    name: { ja: '図書館' },
    branches: [{ id: 'main', name: { ja: '本館' } }],
    shelves: [],
    plans: [],
    segments: blobs.map((blob) => ({ blob, records: 1 })),
    reserve: null,
    covers: {},
    asOf: '2026-01-01',
  })

  function begin(...blobs: string[]) {
    const played = playedSearch()
    const told: string[] = []
    const state = {
      uptimeMs: 0,
      content: blobs.length === 0 ? null : contentOf(blobs),
      readies: 0,
      there: true,
      damaged: 0,
    }
    const hub: { loans: { asOfMs: number; out: string[] } | null } = { loans: null }
    const library = createLibraryService({
      content: () => state.content,
      releaseNumber: () => 3,
      file: (blob) => (state.there ? path(blob) : null),
      timesDamaged: () => state.damaged,
      hub: async () => ({
        api: {
          libraryLoans: async () => ({ asOfMs: null, out: [], ...hub.loans, unchanged: false }),
          libraryStatus: async () => ({ asOfMs: null, titles: [] }),
        },
      }),
      connected: () => true,
      nowMs: () => state.uptimeMs,
      uptimeMs: () => state.uptimeMs,
      report: (code, _level, { reason, ms }) => void told.push(`${code}: ${reason}${ms === undefined ? '' : ` ${ms}`}`),
      onReady: () => {
        state.readies += 1
      },
      startWorker: played.startWorker,
    })
    begun.push(library)
    return {
      library,
      played,
      told,
      state,
      hub,
      /** Time passes, looked at every 100 ms. */
      pass(ms: number): void {
        for (let passed = 0; passed < ms; passed += 100) {
          state.uptimeMs += 100
          library.look()
        }
      },
      publish(...next: string[]): void {
        state.content = next.length === 0 ? null : contentOf(next)
        library.look()
      },
      total: async (text: string) => (await library.search(asking(text), 0, 20)).total,
      titles: async (text: string) => (await library.search(asking(text), 0, 20)).titles.map(({ title }) => title),
    }
  }

  return {
    begin,
    path,
    /** @returns the name of the search file as a release has it */
    async file(name: string, titles: readonly string[], gone: readonly string[] = []): Promise<string> {
      const blob = name.padStart(64, '0')
      await buildSegment({ records: titles.map(titled), gone, file: path(blob) })
      return blob
    },
  }
}
