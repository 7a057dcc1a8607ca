import { expect, it } from 'vitest'
import { decideTarget } from './decide-target.ts'

it.each([
  ['page', false, 'screen'],
  ['page', true, 'close'],
  ['other', true, 'close'],
  ['other', false, 'close'],
  ['webview', true, 'close'],
  ['background_page', true, 'close'],
  ['a kind of tomorrow', true, 'close'],
  ['service_worker', true, 'leave'],
  ['worker', true, 'leave'],
  ['iframe', true, 'leave'],
  ['browser_ui', false, 'leave'],
])('a %s, with a screen: %s', (type, hasScreen, verdict) => {
  expect(decideTarget(type, hasScreen)).toBe(verdict)
})
