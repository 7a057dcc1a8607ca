/** The keys of our own keyboard beside letters, as the DevTools protocol wants them (`Input.dispatchKeyEvent`). */
export const typedKeys = {
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Backspace: { code: 'Backspace', windowsVirtualKeyCode: 8 },
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9 },
  ArrowLeft: { code: 'ArrowLeft', windowsVirtualKeyCode: 37 },
  ArrowUp: { code: 'ArrowUp', windowsVirtualKeyCode: 38 },
  ArrowRight: { code: 'ArrowRight', windowsVirtualKeyCode: 39 },
  ArrowDown: { code: 'ArrowDown', windowsVirtualKeyCode: 40 },
} as const
export type TypedKey = keyof typeof typedKeys

export function isTypedKey(key: string): key is TypedKey {
  return Object.hasOwn(typedKeys, key)
}
