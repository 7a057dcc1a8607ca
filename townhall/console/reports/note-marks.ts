import type { Report } from '../../../contract/report.ts'

export type NoteMarks = {
  /** In the order of their numbers: the first is ※1. */
  sentences: string[]
  /** Numbers beside a column's figures. */
  ofColumn(columnKey: string): number[]
  /** Numbers that concern the whole table. */
  ofWhole: number[]
}

/** A sentence that is said of several columns gets one number; the table carries the numbers, the sentences stand below it. */
export function noteMarks(report: Pick<Report, 'notes'>): NoteMarks {
  const sentences = [...new Set(report.notes.map((note) => note.text))]
  const numbers = (notes: Report['notes']) =>
    [...new Set(notes.map((note) => sentences.indexOf(note.text) + 1))].sort((a, b) => a - b)
  return {
    sentences,
    ofColumn: (columnKey) => numbers(report.notes.filter((note) => note.columnKey === columnKey)),
    ofWhole: numbers(report.notes.filter((note) => note.columnKey === null)),
  }
}
