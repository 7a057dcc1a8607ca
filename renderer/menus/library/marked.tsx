import { decideMarks } from './decide-marks.ts'

/** A title with what was typed marked in it. */
export function Marked({ text, typed }: { text: string; typed: string }) {
  return decideMarks(text, typed).map((part, index) =>
    part.marked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
      <mark key={index} className="library-mark">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
