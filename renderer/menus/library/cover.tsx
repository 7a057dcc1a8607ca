import { useState } from 'react'
import type { TitleCard } from '../../../contract/menus/library.ts'
import { decideCover } from './decide-cover.ts'
import { decideReading } from './decide-reading.ts'
import { useInKana } from './use-in-kana.ts'

type Props = {
  title: Pick<TitleCard, 'title' | 'titleReading' | 'titleGuess' | 'ndc' | 'kind' | 'authors'>
  blob: string | null
  /** With title and author on it; for a child with the first kana of it, as in a list. */
  large?: boolean
}

/** The cover that the library has, or one made of the title's data. The words beside it say the same. */
export function Cover({ title, blob, large: words = false }: Props) {
  const inKana = useInKana()
  const [broken, setBroken] = useState(false)
  if (blob !== null && !broken)
    return (
      <img
        className="library-cover"
        src={`/picture/${blob}`}
        alt=""
        draggable={false}
        decoding="async"
        onError={() => setBroken(true)}
      />
    )
  const look = decideCover(title)
  const large = words && !inKana
  const name = (inKana && decideReading(title)?.text) || title.title
  return (
    <span
      className={large ? 'library-cover library-cover-made library-cover-large' : 'library-cover library-cover-made'}
      aria-hidden="true"
      style={{ background: look.ground }}
    >
      <svg aria-hidden="true" viewBox="0 0 100 140" preserveAspectRatio="xMidYMid slice">
        {look.layers.map(({ d, fill }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the layers of one cover never change places
          <path key={at} d={d} fill={fill} />
        ))}
      </svg>
      {large ? (
        <span className="library-cover-words" lang="ja" style={{ background: look.ground }}>
          <span className="library-cover-title">{title.title}</span>
          <span className="library-cover-author">{title.authors[0]?.name}</span>
        </span>
      ) : (
        <span className="library-cover-letter">{[...name.replace(/^[「『（(\s]+/u, '')][0] ?? ''}</span>
      )}
    </span>
  )
}
