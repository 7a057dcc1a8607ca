import { expect, it } from 'vitest'
import { decideKey } from './decide-key.ts'

const plain = { ctrl: false, alt: false, meta: false, shift: false }

it.each([
  ...['F1', 'F5', 'F11', 'F12', 'ContextMenu', 'BrowserBack', 'MediaPlayPause', 'LaunchMail', 'PrintScreen'].map(
    (key) => [{ ...plain, key }, 'hold'] as const,
  ),
  ...['p', 's', 'o', 'Tab', 'Delete', '+'].map((key) => [{ ...plain, key, ctrl: true }, 'hold'] as const),
  ...['ArrowLeft', 'F4', 'Home'].map((key) => [{ ...plain, key, alt: true }, 'hold'] as const),
  [{ ...plain, key: 'r', meta: true }, 'hold'] as const,
  [{ ...plain, key: 'Escape', shift: true }, 'hold'] as const,
  ...['A', 'Tab', 'Enter'].map((key) => [{ ...plain, key, shift: true }, 'pass'] as const),
  ...['a', 'F', 'め', 'Tab', 'Enter', 'ArrowDown', 'Escape', 'Backspace', ' ', 'Process'].map(
    (key) => [{ ...plain, key }, 'pass'] as const,
  ),
])('%j: %s', (pressed, verdict) => {
  expect(decideKey(pressed)).toBe(verdict)
})
