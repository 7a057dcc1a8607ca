export type PressedKey = { key: string; ctrl: boolean; alt: boolean; meta: boolean; shift: boolean }

/**
 * Rows K1 to K28 of the ways out, as far as a key reaches the browser at all: chords, function, browser and media keys belong to it or to the system,
 * never to a visitor, who types letters and moves about. Self-contained: its text runs in the page too.
 */
export function decideKey({ key, ctrl, alt, meta, shift }: PressedKey): 'pass' | 'hold' {
  if (ctrl || alt || meta) return 'hold'
  // The browser's own list of what runs in it, with a button to end each.
  if (shift && key === 'Escape') return 'hold'
  const belongsToTheBrowser =
    /^(?:F\d{1,2}|ContextMenu|PrintScreen|Help|Print|Open|Save|Find|Zoom\w+|Browser\w+|Launch\w+|Media\w+|Audio\w+|App\w*)$/
  return belongsToTheBrowser.test(key) ? 'hold' : 'pass'
}
