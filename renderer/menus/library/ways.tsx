import { mdiBabyFaceOutline, mdiFire, mdiNewBox, mdiShapeOutline, mdiSprout } from '@mdi/js'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { Touch } from '../../ui/touch.tsx'
import { type LibraryPage, resultsOf } from './library-page.ts'

/** In their place while the keyboard takes all the room there is. */
export function ToWays({ onTouch }: { onTouch(): void }) {
  const words = useLibraryWords()
  return (
    <div className="library-to-ways">
      <Touch name="to-ways" className="action" onTouch={onTouch}>
        {words.otherWay}
      </Touch>
    </div>
  )
}

/** Ways to a book without typing. */
export function Ways({ go }: { go(page: LibraryPage): void }) {
  const words = useLibraryWords()
  const ways: { name: string; icon: string; text: string; page: LibraryPage }[] = [
    { name: 'way-genres', icon: mdiShapeOutline, text: words.genres, page: { kind: 'genres', first: null } },
    { name: 'way-new', icon: mdiNewBox, text: words.newest, page: resultsOf({}, 'new') },
    { name: 'way-popular', icon: mdiFire, text: words.popular, page: resultsOf({}, 'popular') },
    { name: 'way-ages', icon: mdiBabyFaceOutline, text: words.ages, page: { kind: 'ages' } },
    { name: 'way-town', icon: mdiSprout, text: words.town, page: resultsOf({ aboutTown: true }, 'popular') },
  ]
  return (
    <ul className="library-ways">
      {ways.map((way) => (
        <li key={way.name}>
          <Touch name={way.name} className="card library-way" onTouch={() => go(way.page)}>
            <span className={`library-way-mark library-${way.name}`}>
              <Icon path={way.icon} />
            </span>
            <span className="library-way-text">{way.text}</span>
          </Touch>
        </li>
      ))}
    </ul>
  )
}
