import { expect, it } from 'vitest'
import { noteMarks } from './note-marks.ts'

it('numbers each sentence once and finds it beside its figures', () => {
  const note = (text: string, columnKey: string | null) =>
    ({ kind: 'month-open', text, columnKey, kioskId: null }) as const
  const marks = noteMarks({
    notes: [note('途中です。', '2026-11'), note('連絡がありません。', null), note('途中です。', '2026-12')],
  })
  expect(marks.sentences).toEqual(['途中です。', '連絡がありません。'])
  expect(marks.ofColumn('2026-11')).toEqual([1])
  expect(marks.ofColumn('2026-12')).toEqual([1])
  expect(marks.ofColumn('2026-10')).toEqual([])
  expect(marks.ofWhole).toEqual([2])
})
