import type { Random } from './soak-visitor.ts'

/** Words for xdotool. */
export type Act = string[]

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789']
const functionKeys = Array.from({ length: 24 }, (_, index) => `F${index + 1}`)
const others =
  'Escape Tab Return BackSpace Delete Insert Home End Prior Next Up Down Left Right space Menu Print Pause Scroll_Lock Num_Lock Caps_Lock ' +
  'KP_Enter KP_Add KP_Subtract KP_Multiply KP_Divide plus minus equal comma period slash semicolon apostrophe bracketleft bracketright backslash grave ' +
  'Zenkaku_Hankaku Henkan Muhenkan Hiragana_Katakana Eisu_toggle Help Undo Redo Find Cancel Select Execute ' +
  'XF86Back XF86Forward XF86Refresh XF86Stop XF86HomePage XF86Search XF86Favorites XF86WWW XF86Mail XF86Calculator XF86Explorer XF86Open ' +
  'XF86Close XF86Save XF86New XF86Copy XF86Cut XF86Paste XF86ZoomIn XF86ZoomOut XF86FullScreen XF86Tools XF86Launch1 XF86Sleep XF86PowerOff ' +
  'XF86AudioPlay XF86AudioMute XF86AudioRaiseVolume XF86MonBrightnessUp XF86Terminal XF86MenuKB XF86TaskPane XF86LogOff'
const keys = [...letters, ...functionKeys, ...others.split(' ')]
const held = ['ctrl', 'alt', 'shift', 'super', 'ISO_Level3_Shift']
const words = [
  'chrome://settings\n',
  'chrome://version\n',
  'about:blank\n',
  'file:///etc/passwd\n',
  'view-source:file:///\n',
  'javascript:alert(1)\n',
  'data:text/html,x\n',
  'devtools://devtools\n',
  'thisisunsafe',
  'badidea',
]

/** One thing that somebody with a keyboard and a mouse does. */
export function drawAct(random: Random, { width, height }: { width: number; height: number }): Act {
  const of = <One>(many: readonly One[]): One => {
    const one = many[Math.floor(random() * many.length)]
    if (one === undefined) throw new RangeError('nothing to choose from')
    return one
  }
  // The edges are where a window has its secrets.
  const along = (length: number) =>
    String(Math.round(of([0, 1, length - 1, length / 2, random() * length, random() * length])))
  const place = () => ['mousemove', along(width), along(height)]
  const chord = () => [...held.filter(() => random() < 0.35), of(keys)].join('+')
  const kind = random()
  if (kind < 0.62) return ['key', '--clearmodifiers', chord()]
  if (kind < 0.72) return ['key', '--repeat', String(2 + Math.floor(random() * 8)), '--repeat-delay', '5', chord()]
  if (kind < 0.82) return [...place(), 'click', '--repeat', of(['1', '2', '3']), '--delay', '40', of([...'123456789'])]
  if (kind < 0.9)
    return [
      ...place(),
      'mousedown',
      of(['1', '2', '3']),
      ...place(),
      ...place(),
      'mouseup',
      '1',
      'mouseup',
      '2',
      'mouseup',
      '3',
    ]
  if (kind < 0.95) {
    const key = of(held)
    return [...place(), 'keydown', key, 'click', of([...'1234589']), 'key', of(keys), 'keyup', key]
  }
  return ['type', '--delay', '5', of(words)]
}

/** How often something was pressed. */
export const keysOf = (act: Act): number => {
  const repeat = act.indexOf('--repeat')
  return repeat === -1 ? 1 : Number(act[repeat + 1])
}
