const keyCodes: Record<string, number> = {
  Enter: 13,
  Backspace: 8,
  Tab: 9,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
}

/** One of the keys of `internetActSchema`, down and up. */
export function pressKey(key: string, toPage: (method: string, params: Record<string, unknown>) => void): void {
  const code = keyCodes[key]
  if (code === undefined) return
  const named = { key, code: key, windowsVirtualKeyCode: code }
  toPage('Input.dispatchKeyEvent', { type: 'keyDown', ...named, ...(key === 'Enter' ? { text: '\r' } : {}) })
  toPage('Input.dispatchKeyEvent', { type: 'keyUp', ...named })
}
