import { act } from 'react'
import { expect, it } from 'vitest'
import type { Language } from '../../../contract/localized-text.ts'
import type { LibraryView } from '../../../contract/menus/library.ts'
import { useVisit } from '../../state/visit-store.ts'
import { drawnForTest } from './drawn-for-test.ts'
import { PlanShelves } from './plan-shelves.tsx'

const blob = 'a'.repeat(64)
const plan: LibraryView['plans'][number] = {
  ...{ id: '1階', branch: '図書館', name: { ja: '1階' }, labelled: true },
  picture: { blob, thumbnail: blob, widthPx: 1600, heightPx: 1000, alt: { ja: '館内図' } },
  rooms: [{ name: { ja: '閲覧室', en: 'Reading room', vi: 'Phòng đọc' }, from: [0, 0], to: [1, 1] }],
}
const view: LibraryView = {
  ...{
    releaseNumber: 1,
    asOf: '2026-11-27',
    ready: true,
    titles: 1,
    name: { ja: '図書館' },
    branches: [],
    plans: [plan],
    loansAtMs: null,
  },
  shelves: [
    {
      ...{ id: '文学', branch: '図書館', name: { ja: '文学', en: 'Literature' }, plan: '1階' },
      outline: [
        [0.1, 0.1],
        [0.4, 0.1],
        [0.4, 0.3],
      ],
    },
  ],
}
const draw = drawnForTest()

it.each([
  ['ja', ['閲覧室', '文学']],
  ['en', ['Reading room', 'Literature']],
  ['vi', ['Phòng đọc', 'Literature']],
  ['ko', ['Reading room', 'Literature']],
] satisfies [Language, string[]][])('rooms and shelves are named in the visitor’s language: %s', (language, names) => {
  act(() => {
    useVisit.getState().set({ language })
    draw(<PlanShelves view={view} plan={plan} here="文学" />)
  })
  expect([...document.querySelectorAll('text')].map((text) => text.textContent)).toEqual(names)
})
