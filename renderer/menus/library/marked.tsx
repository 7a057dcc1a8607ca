import { useLayoutEffect, useRef } from 'react'
import { decideMarks } from './decide-marks.ts'

/** One for the whole screen: its style is `::highlight(typed)`. Marks by elements would tear a title apart and lay it out anew with every letter. */
const typedMarks = new Highlight()
CSS.highlights.set('typed', typedMarks)

/** A title with what was typed marked in it. */
export function Marked({ text, typed }: { text: string; typed: string }) {
  const element = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const letters = element.current?.firstChild
    if (!letters || typed === '') return
    const ranges: StaticRange[] = []
    let at = 0
    for (const part of decideMarks(text, typed)) {
      const end = at + part.text.length
      if (part.marked)
        ranges.push(
          new StaticRange({ startContainer: letters, startOffset: at, endContainer: letters, endOffset: end }),
        )
      at = end
    }
    for (const range of ranges) typedMarks.add(range)
    return () => {
      for (const range of ranges) typedMarks.delete(range)
    }
  }, [text, typed])
  return <span ref={element}>{text}</span>
}
