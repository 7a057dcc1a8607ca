import { fill, useLibraryWords } from '../../i18n/library/library-words.ts'
import { Empty } from '../../ui/empty.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { Touch } from '../../ui/touch.tsx'
import { Awaited } from './awaited.tsx'
import { ChildrenSwitch } from './children-switch.tsx'
import type { LibraryCalls } from './library-calls.ts'
import { type LibraryPage, resultsOf } from './library-page.ts'
import { useAnswer } from './use-answer.ts'

const ages = [0, 1, 2, 3, 4, 5, 6, 7]
const last = 7
const colours = ['#8f2458', '#8a3d1c', '#7a4a1e', '#4e5f1a', '#1d6144', '#0f5f6b', '#1f4f82', '#5b3a7d']

/** Picture books by the age of the child. */
export function Ages({ calls, go }: { calls: LibraryCalls; go(page: LibraryPage): void }) {
  const words = useLibraryWords()
  const { answer, failed } = useAnswer('ages', async () => {
    const counted = []
    for (const age of ages) {
      const titles = (await calls.search(resultsOf({ age }).query, 0, 1)).total
      if (titles > 0) counted.push({ age, titles })
    }
    return counted
  })
  return (
    <div className="list-page library">
      <div className="library-top">
        <MenuTitle menu="library" title={words.title} part={words.ages} />
        <ChildrenSwitch />
      </div>
      {answer === null ? (
        <Awaited failed={failed} />
      ) : answer.length === 0 ? (
        <Empty
          sentence={words.noResults}
          way={words.kinds['picture-book']}
          onWay={() => go(resultsOf({ kinds: ['picture-book'] }))}
        />
      ) : (
        <ul className="library-genres">
          {answer.map(({ age, titles }) => (
            <li key={age}>
              <Touch name={`age-${age}`} className="card library-genre" onTouch={() => go(resultsOf({ age }))}>
                <span className="library-genre-picture library-age" style={{ background: colours[age] }}>
                  {age}
                </span>
                <span className="library-genre-name">{fill(age === last ? words.ageFrom : words.age, { n: age })}</span>
                <span className="library-genre-count">{fill(words.found, { n: titles.toLocaleString('en') })}</span>
              </Touch>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
