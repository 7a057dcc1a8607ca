import { splitRuby } from '../../i18n/split-ruby.ts'
import { RubyName } from '../../ui/local-text.tsx'
import { decideReading } from './decide-reading.ts'
import { Marked } from './marked.tsx'
import { useInKana } from './use-in-kana.ts'

type Named = {
  title: string
  volume?: string | undefined
  titleReading?: string | undefined
  titleGuess?: string | undefined
}

/** A reading over the whole of a long title is a line that cannot break. */
const wholeUpTo = 8
export const fitsAsRuby = (title: string, reading: string) =>
  [...title].length <= wholeUpTo || splitRuby(title, reading).length > 1

/** A title as the library writes it; with its reading above it for a child, or in kana alone. Always Japanese, and broken between phrases. */
export function TitleText({ title, typed = '' }: { title: Named; typed?: string }) {
  const inKana = useInKana()
  const reading = decideReading(title)?.text ?? ''
  return (
    <span lang="ja">
      {!inKana || reading === '' ? (
        <Marked text={title.title} typed={typed} />
      ) : fitsAsRuby(title.title, reading) ? (
        <RubyName name={{ ja: title.title }} reading={reading} />
      ) : (
        reading
      )}
      {title.volume && <span className="library-volume"> {title.volume}</span>}
    </span>
  )
}
