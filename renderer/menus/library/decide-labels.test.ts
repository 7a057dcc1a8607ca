import { expect, it } from 'vitest'
import { decideLabel, decideRoomLabel, mayBreak } from './decide-labels.ts'

const plan = { widthPx: 1600, heightPx: 1000 }
const box = (left: number, top: number, right: number, bottom: number): [number, number][] => [
  ...([
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] satisfies [number, number][]),
]

it.each([
  ['a wide shelf', '文学', box(0.1, 0.1, 0.3, 0.3), { x: 320, y: 200, sizePx: 46, upright: false }],
  ['a long name is made smaller', '郷土資料地図集', box(0.1, 0.1, 0.25, 0.3), { sizePx: 30, upright: false }],
  ['a narrow, high shelf: along it', '文学の棚', box(0.1, 0.1, 0.14, 0.6), { upright: true, sizePx: 46 }],
  ['letters of the West take half the room', 'Literature', box(0.1, 0.1, 0.3, 0.3), { sizePx: 46 }],
])('%s', (_, text, outline, label) => {
  expect(decideLabel(text, outline, plan)).toMatchObject({ lines: [{ text }], ...label })
})

it.each([
  ['at a space', 'About the town', ['About', 'the town']],
  ['before a word that follows kana', '大きな活字の本', ['大きな', '活字の本']],
  ['where it says so', `いっぱんの${mayBreak}ほん`, ['いっぱんの', 'ほん']],
  ['not where one line is as large', 'お話 会', ['お話 会']],
])('a name goes on in a second line %s', (_, text, lines) => {
  const label = decideLabel(text, box(0.67, 0.44, 0.8, 0.62), plan)
  expect(label?.lines.map((line) => line.text)).toEqual(lines)
  // Both within the shelf, and apart.
  const ys = label?.lines.map((line) => line.y) ?? []
  expect(Math.min(...ys) - (label?.sizePx ?? 0) / 2).toBeGreaterThan(440)
  expect(Math.max(...ys) + (label?.sizePx ?? 0) / 2).toBeLessThan(620)
  if (ys.length === 2) expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBeGreaterThan(label?.sizePx ?? 0)
})

it.each([
  ['a shelf too small for any name', '文学', box(0.1, 0.1, 0.12, 0.12)],
  ['a shelf that is not drawn', '文学', []],
])('none for %s', (_, text, outline) => {
  expect(decideLabel(text, outline, plan)).toBeNull()
})

it.each([
  [
    'a hall: along its lower edge',
    '閲覧室',
    [
      [0, 0],
      [1, 1],
    ],
    { x: 800, y: 964, sizePx: 36 },
  ],
  [
    'longer words are smaller',
    'Phòng đọc sách',
    [
      [0.1, 0.1],
      [0.25, 0.5],
    ],
    { x: 280, sizePx: 26 },
  ],
] as const)('a room: %s', (_, text, box, label) => {
  expect(decideRoomLabel(text, box, plan)).toMatchObject(label)
})

it.each([
  [
    'too narrow for its name',
    'Phòng đọc sách cho trẻ em',
    [
      [0.1, 0.1],
      [0.2, 0.5],
    ],
  ],
  [
    'too low',
    '書庫',
    [
      [0, 0.1],
      [1, 0.12],
    ],
  ],
] as const)('no name for a room that is %s', (_, text, box) => {
  expect(decideRoomLabel(text, box, plan)).toBeNull()
})
