import { act } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import type { Language } from '../../../contract/localized-text.ts'
import type { LibraryView, TitleCard } from '../../../contract/menus/library.ts'
import { useVisit } from '../../state/visit-store.ts'
import { drawnForTest } from './drawn-for-test.ts'
import type { LibraryCalls } from './library-calls.ts'
import { TitleCardButton } from './title-card.tsx'
import { TitleDetail } from './title-detail.tsx'

// The test's document draws no marks; they are set up as the module is loaded.
vi.hoisted(() => {
  vi.stubGlobal('Highlight', Set)
  vi.stubGlobal('CSS', { highlights: new Map() })
})

const view: LibraryView = {
  ...{ releaseNumber: 1, ready: true, titles: 1, name: { ja: '図書館' }, branches: [], shelves: [], plans: [] },
  ...{ asOf: null, loansAtMs: null },
}
const short: LibraryRecord = {
  ...{ id: '1', kind: 'book', title: '月夜の牛', authors: [], series: [], subjects: [], aboutTown: false, loans: 0 },
  holdings: [{ item: null, branch: 'main', shelf: null, callNumber: '913/ツ', readingRoomOnly: false }],
}
const guess = { titleGuess: 'つきよのうし' }
/** Its reading cannot be laid over its kanji: there is no kana in it to hold on to. */
const long = { title: '十勝平野農村生活文化史', titleGuess: 'とかちへいやのうそんせいかつぶんかし' }
const never = () => new Promise<never>(() => undefined)
const calls: LibraryCalls = { search: never, counts: never, suggest: never, title: never, status: never }

const draw = drawnForTest()
beforeEach(() => void vi.stubGlobal('StaticRange', Object))

const visit = (of: { language?: Language; children?: boolean }) => useVisit.getState().set(of)
const text = (selector: string) => document.querySelector(selector)?.textContent ?? null
const ruby = () => [...document.querySelectorAll('h1 rt, .library-card-title rt')].map((one) => one.textContent)
function page(record: LibraryRecord) {
  const title = { record, reserve: null, cover: null, before: [], after: [] }
  act(() =>
    draw(<TitleDetail view={view} title={title} calls={calls} go={() => undefined} reserveHere={() => undefined} />),
  )
}
function card({ holdings, ...record }: LibraryRecord, typed = '') {
  const title: TitleCard = {
    ...record,
    ...{ cover: null, shelf: null, callNumber: '913/ツ', copies: holdings.length, readingRoomOnly: false },
  }
  act(() =>
    draw(<TitleCardButton title={title} typed={typed} shelves={[]} status={null} place={0} onOpen={() => undefined} />),
  )
}

describe('a child', () => {
  beforeEach(() => visit({ children: true }))

  it('reads a title by its guessed reading, on a list and on its own page', () => {
    card({ ...short, ...guess })
    expect(ruby()).toEqual(['つきよ', 'うし'])
    expect(text('.library-cover-letter')).toBe('つ')
    page({ ...short, ...guess })
    expect(ruby()).toEqual(['つきよ', 'うし'])
    expect(text('.library-name-reading')).toBe('よみかたは、まちがっているかも。')
  })

  it('reads a long one in kana alone, and can still show the title itself at the counter', () => {
    card({ ...short, ...long })
    expect(text('.library-card-title')).toBe(long.titleGuess)
    page({ ...short, ...long })
    expect(text('h1')).toBe(long.titleGuess)
    expect(text('.library-name-reading')).toContain(long.title)
  })

  it('reads what the library says, and no doubt beside it', () => {
    page({ ...short, ...guess, titleReading: 'ゲツヤ ノ ウシ' })
    expect(text('h1')).toContain('げつや')
    expect(text('.library-name-reading')).toBeNull()
  })
})

describe('others', () => {
  it.each([
    ['ja', 'よみ（推定） つきよのうし'],
    ['en', 'Reading (guessed) つきよのうし'],
    ['zh-Hans', '读音（推测） つきよのうし'],
    ['zh-Hant', '讀音（推測） つきよのうし'],
    ['ko', '읽는 법(추정) つきよのうし'],
    ['vi', 'Cách đọc (phỏng đoán) つきよのうし'],
  ] as const)('in %s see a guess marked as one, and never over the title', (language, line) => {
    visit({ language })
    page({ ...short, ...guess })
    expect(ruby()).toEqual([])
    expect(text('h1')).toBe('月夜の牛')
    expect(text('.library-name-reading')).toBe(line)
    expect(text('.library-spine')).not.toContain('つきよ')
  })

  it('see the library’s own reading over the title, unmarked', () => {
    page({ ...short, titleReading: 'ツキヨ ノ ウシ' })
    expect(ruby()).toEqual(['つきよ', 'うし'])
    expect(text('.library-name-reading')).toBeNull()
  })

  it('see by what a title was found, marked where it is a guess', () => {
    card({ ...short, ...guess }, 'つきよ')
    expect(text('.library-card-reading')).toBe('よみ（推定） つきよのうし')
    card({ ...short, titleReading: 'ツキヨ ノ ウシ' }, 'つきよ')
    expect(text('.library-card-reading')).toBe('つきよ の うし')
    card({ ...short, ...guess })
    expect(text('.library-card-reading')).toBeNull()
  })
})
