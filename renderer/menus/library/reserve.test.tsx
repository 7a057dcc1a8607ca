import { act } from 'react'
import { expect, it } from 'vitest'
import type { DeviceState } from '../../../contract/bridge.ts'
import type { Language } from '../../../contract/localized-text.ts'
import type { TitlePage } from '../../../contract/menus/library.ts'
import { useDevice } from '../../state/device-store.ts'
import { useVisit } from '../../state/visit-store.ts'
import { drawnForTest } from './drawn-for-test.ts'
import { Reserve } from './reserve.tsx'

const device: DeviceState = {
  config: {
    facility: {
      ...{ id: 'library', name: { ja: '図書館' }, spot: { ja: 'ロビー' }, address: { ja: '芽室町' } },
      point: { lat: 42.9, lon: 143 },
    },
    screen: { widthPx: 1080, heightPx: 1920, millimetresPerPixel: 0.5, viewingDistanceMm: 600 },
    menus: ['library', 'internet'],
    languages: ['ja'],
    idle: { warnAfterMs: 60_000, warningMs: 30_000 },
  },
  ...{ softwareVersion: '0', releaseNumber: 1, nowMs: 0, restartWanted: false, open: true },
  line: 'connected',
}
const address = 'https://lib.example/r?id=1'
const draw = drawnForTest()

function show(reserve: TitlePage['reserve'], line: DeviceState['line']): (string | null)[] {
  act(() => {
    useDevice.setState({ state: { ...device, line } })
    draw(<Reserve reserve={reserve} onHere={() => undefined} onByPhone={() => undefined} />)
  })
  return [...document.querySelectorAll('button, p')].map((one) => one.textContent)
}
const cutWords = 'いまは外との回線が切れているので、この画面では予約できません。スマホでは予約できます。'

it.each([
  ['at the counter', null, 'connected', []],
  ['by telephone alone', { address, here: false }, 'connected', ['予約する']],
  ['by telephone alone, where nothing of a screen was promised', { address, here: false }, 'cut', ['予約する']],
  ['both ways', { address, here: true }, 'connected', ['この画面で予約する', 'スマホで予約する']],
  [
    'both ways, the line never having been looked at',
    { address, here: true },
    'not-enrolled',
    ['この画面で予約する', 'スマホで予約する'],
  ],
  ['the line cut', { address, here: true }, 'cut', ['スマホで予約する', cutWords]],
] as const)('%s', (_, reserve, line, words) => {
  expect(show(reserve, line)).toEqual(words)
})

it('the way comes and goes with the line', () => {
  expect(show({ address, here: true }, 'connected')).toHaveLength(2)
  act(() => useDevice.setState({ state: { ...device, line: 'cut' } }))
  expect(document.querySelector('[data-name="reserve-here"]')).toBeNull()
  act(() => useDevice.setState({ state: device }))
  expect(document.querySelector('[data-name="reserve-here"]')).not.toBeNull()
})

it('every language says it in its own words, a child’s in kana', () => {
  const languages: Language[] = ['ja', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'vi']
  const said = languages.map((language) => {
    act(() => useVisit.getState().set({ language }))
    return show({ address, here: true }, 'cut').join(' ') + show({ address, here: true }, 'connected').join(' ')
  })
  expect(new Set(said).size).toBe(languages.length)
  act(() => useVisit.getState().set({ language: 'ja', children: true }))
  for (const line of ['cut', 'connected'] as const)
    expect(show({ address, here: true }, line).join(' ')).not.toMatch(/\p{Script=Han}/u)
})
