import type { LibraryRecord } from '../../../contract/library/record.ts'
import { RubyName } from '../../ui/local-text.tsx'
import { toHiragana } from './decide-marks.ts'
import { Marked } from './marked.tsx'
import { useInKana } from './use-in-kana.ts'

type Props = { authors: LibraryRecord['authors']; typed?: string }

/** Who wrote it, as the library writes them; with their readings for a child. */
export function AuthorNames({ authors, typed = '' }: Props) {
  const inKana = useInKana()
  if (!inKana) return <Marked text={authors.map((author) => author.name).join('・')} typed={typed} />
  return authors.map((author, index) => (
    <span key={author.name}>
      {index > 0 && '・'}
      <RubyName name={{ ja: author.name }} reading={author.reading && toHiragana(author.reading)} />
    </span>
  ))
}
