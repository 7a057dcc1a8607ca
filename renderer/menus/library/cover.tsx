import { useState } from 'react'
import type { TitleCard } from '../../../contract/menus/library.ts'
import { type CoverLook, decideCover } from './decide-cover.ts'
import { toHiragana } from './decide-marks.ts'
import { useInKana } from './use-in-kana.ts'

type Props = {
  title: Pick<TitleCard, 'title' | 'titleReading' | 'ndc' | 'kind' | 'authors'>
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
  const name = inKana && title.titleReading ? toHiragana(title.titleReading) : title.title
  return (
    <span className={`library-cover ${large ? 'library-cover-large' : ''}`} aria-hidden="true">
      <svg aria-hidden="true" viewBox="0 0 100 140" preserveAspectRatio="xMidYMid slice">
        <rect width="100" height="140" fill={look.ground} />
        <Pattern look={look} />
        <rect width="6" height="140" fill="#000" opacity="0.22" />
        {!large && (
          <text x="52" y="50" textAnchor="middle" fontSize="40" fontWeight="700" fill="#fff">
            {[...name.replace(/^[「『（(\s]+/u, '')][0] ?? ''}
          </text>
        )}
      </svg>
      {large && (
        <span className="library-cover-words" lang="ja" style={{ background: look.ground }}>
          <span className="library-cover-title">{title.title}</span>
          <span className="library-cover-author">{title.authors[0]?.name}</span>
        </span>
      )}
    </span>
  )
}

function Pattern({ look: { pattern, shape, accent, turns } }: { look: CoverLook }) {
  const [a, b, c, d] = turns
  switch (pattern) {
    case 'hills':
      return (
        <>
          <circle cx={20 + a * 60} cy={74 + b * 12} r={9 + c * 6} fill={accent} />
          <path d={`M0 ${104 + b * 8} Q30 ${74 + c * 14} 60 104 T100 ${96 + d * 8} V140 H0Z`} fill={shape} />
        </>
      )
    case 'circles':
      return (
        <>
          <circle cx={50} cy={100} r={30} fill={shape} />
          <circle cx={50} cy={100} r={12 + a * 8} fill={accent} />
        </>
      )
    case 'bands':
      return (
        <>
          <rect y={76 + a * 8} width="100" height={10 + b * 8} fill={shape} />
          <rect y={106 + c * 8} width="100" height={5 + d * 4} fill={accent} />
        </>
      )
    case 'leaves':
      return (
        <>
          <path d="M52 132 V76" stroke={accent} strokeWidth="2.5" />
          <path d={`M52 ${104 - a * 6} q-30 -4 -32 -26 q28 2 32 26Z`} fill={shape} />
          <path d={`M52 ${116 - b * 6} q28 -4 32 -26 q-28 0 -32 26Z`} fill={accent} opacity={0.85} />
        </>
      )
    case 'window':
      return (
        <>
          <rect x="24" y="72" width="56" height="54" rx="4" fill={shape} />
          <path d="M52 72V126M24 99H80" stroke="#fff" strokeWidth="2.5" opacity="0.6" />
          <circle cx={34 + a * 36} cy={80 + b * 12} r="6" fill={accent} />
        </>
      )
    case 'waves':
      return (
        <>
          <path d={`M0 ${88 + a * 6} q25 -14 50 0 t50 0 V140 H0Z`} fill={shape} />
          <path d={`M0 ${110 + b * 6} q25 -12 50 0 t50 0 V140 H0Z`} fill={accent} opacity={0.8} />
        </>
      )
  }
}
