import {
  mdiAccountGroup,
  mdiBookOpenPageVariant,
  mdiBookSearchOutline,
  mdiCastle,
  mdiHeadHeart,
  mdiLeaf,
  mdiPalette,
  mdiTools,
  mdiTractor,
  mdiTranslate,
} from '@mdi/js'
import { fill, useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { Touch } from '../../ui/touch.tsx'
import { Awaited } from './awaited.tsx'
import { ChildrenSwitch } from './children-switch.tsx'
import { decideCover } from './decide-cover.ts'
import type { LibraryCalls } from './library-calls.ts'
import { type LibraryPage, noFilter, resultsOf } from './library-page.ts'
import { useAnswer } from './use-answer.ts'

const icons = [
  mdiBookSearchOutline,
  mdiHeadHeart,
  mdiCastle,
  mdiAccountGroup,
  mdiLeaf,
  mdiTools,
  mdiTractor,
  mdiPalette,
  mdiTranslate,
  mdiBookOpenPageVariant,
]
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const groundOf = (digit: string) => decideCover({ title: '', ndc: digit, kind: 'book' }).ground

type Props = { first: string | null; calls: LibraryCalls; go(page: LibraryPage): void }

/** 日本十進分類法: its first digit as pictures, then the second in words; with how many titles each has. */
export function Genres({ first, calls, go }: Props) {
  const words = useLibraryWords()
  const { answer, failed } = useAnswer(`genres-${first}`, () =>
    first === null ? firstDigits(calls) : secondDigits(first, calls),
  )
  const number = Number(first)
  return (
    <div className="list-page library">
      <div className="library-top">
        <MenuTitle
          menu="library"
          title={words.title}
          part={first === null ? words.genres : (words.ndc[number] ?? '')}
        />
        <ChildrenSwitch />
      </div>
      {first !== null && (
        <div className="chips">
          <Touch name="genre-whole" className="chip" onTouch={() => go(resultsOf({ ndc: first }))}>
            {words.all}
          </Touch>
        </div>
      )}
      {answer === null && <Awaited failed={failed} />}
      <ul className={`library-genres ${first === null ? '' : 'library-genres-words'}`}>
        {(answer ?? []).map(({ ndc, titles }) => (
          <li key={ndc}>
            <Touch
              name={`genre-${ndc}`}
              className="card library-genre"
              onTouch={() => go(first === null ? { kind: 'genres', first: ndc } : resultsOf({ ndc }))}
            >
              {first === null && (
                <span className="library-genre-picture" style={{ background: groundOf(ndc) }}>
                  <Icon path={icons[Number(ndc)] ?? mdiLeaf} />
                </span>
              )}
              <span className="library-genre-name">
                {first === null ? words.ndc[Number(ndc)] : words.ndc2[number]?.[Number(ndc[1])]}
              </span>
              <span className="library-genre-count">{fill(words.found, { n: titles.toLocaleString('en') })}</span>
            </Touch>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Counted = { ndc: string; titles: number }[]

async function firstDigits(calls: LibraryCalls): Promise<Counted> {
  const { ndc } = await calls.counts({ text: '', filter: noFilter, order: 'popular' })
  return digits.map((digit) => ({ ndc: digit, titles: ndc[digit] ?? 0 })).filter(({ titles }) => titles > 0)
}

async function secondDigits(first: string, calls: LibraryCalls): Promise<Counted> {
  const counted: Counted = []
  for (const digit of digits) {
    const ndc = first + digit
    const titles = (await calls.search(resultsOf({ ndc }).query, 0, 1)).total
    if (titles > 0) counted.push({ ndc, titles })
  }
  return counted
}
