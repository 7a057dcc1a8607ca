import { mdiBookshelf, mdiCalendarRange, mdiCheckCircle, mdiShape } from '@mdi/js'
import type { LibraryCounts, LibraryFilter, LibraryView } from '../../../contract/menus/library.ts'
import type { LibraryWords } from '../../i18n/library/ja.ts'
import { fill, ndcText, useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { Touch } from '../../ui/touch.tsx'
import { ChildrenSwitch } from './children-switch.tsx'
import type { LibraryCalls } from './library-calls.ts'
import type { LibraryPage, NarrowBy, ResultsPage } from './library-page.ts'
import { PlaceName } from './place-name.tsx'
import { type Found, TitleList, useTitleFit } from './title-list.tsx'
import { useAnswer } from './use-answer.ts'

type Props = {
  view: LibraryView
  page: ResultsPage
  calls: LibraryCalls
  go(page: LibraryPage): void
  turn(page: LibraryPage): void
  onOpen(id: string): void
}

/** All that was found, with what narrows it. */
export function Results({ view, page, calls, go, turn, onOpen }: Props) {
  const words = useLibraryWords()
  const { query } = page
  const { filter } = query
  const { answer: counts } = useAnswer(JSON.stringify(query), () => calls.counts(query))
  const fit = useTitleFit(false)
  const { perPage } = fit
  const titles = useAnswer(JSON.stringify({ query, page: page.page, perPage }), async (): Promise<Found> => {
    const found = await calls.search(query, page.page * perPage, perPage)
    return { ...found, text: query.text, page: page.page }
  })
  const set = (change: Partial<LibraryFilter>) =>
    turn({ ...page, page: 0, query: { ...query, filter: { ...filter, ...change } } })
  const narrow = (by: NarrowBy) => () => go({ kind: 'narrow', by, results: page, page: 0 })
  const shelf = view.shelves.find((one) => one.id === filter.shelves[0])
  const chips = [
    {
      by: 'kind' as const,
      icon: mdiShape,
      text: filter.kinds[0] ? words.kinds[filter.kinds[0]] : words.kind,
      chosen: filter.kinds.length > 0,
    },
    {
      by: 'shelf' as const,
      icon: mdiBookshelf,
      text: shelf ? <PlaceName name={shelf.name} /> : words.shelf,
      chosen: filter.shelves.length > 0,
    },
    {
      by: 'year' as const,
      icon: mdiCalendarRange,
      text: filter.yearFrom === undefined ? words.year : fill(words.decade, { year: filter.yearFrom }),
      chosen: filter.yearFrom !== undefined,
    },
  ].filter(({ by, chosen }) => chosen || choices(by, counts) > 1)
  return (
    <div className="list-page library">
      <div className="library-top">
        <MenuTitle menu="library" title={words.title} part={heading(page, words)} />
        <ChildrenSwitch />
      </div>
      <div className="chips">
        {chips.map(({ by, icon, text, chosen }) => (
          <Touch key={by} name={`narrow-${by}`} className="chip" pressed={chosen} onTouch={narrow(by)}>
            <Icon path={icon} className="icon small" />
            <span>{text}</span>
          </Touch>
        ))}
        {view.loansAtMs !== null && ((counts?.in ?? 0) > 0 || filter.onlyIn) && (
          <Touch
            name="narrow-in"
            className="chip"
            pressed={filter.onlyIn}
            onTouch={() => set({ onlyIn: !filter.onlyIn })}
          >
            <Icon path={mdiCheckCircle} className="icon small" />
            <span>
              {words.onlyIn} {(counts?.in ?? 0).toLocaleString('en')}
            </span>
          </Touch>
        )}
      </div>
      <div className="library-found">
        <TitleList
          view={view}
          found={titles.answer}
          failed={titles.failed}
          fit={fit}
          calls={calls}
          onPage={(next) => turn({ ...page, page: next })}
          onOpen={onOpen}
          onText={(text) => turn({ ...page, page: 0, query: { ...query, text } })}
          onOther={() => go({ kind: 'entry' })}
        />
      </div>
    </div>
  )
}

function choices(by: NarrowBy, counts: LibraryCounts | null): number {
  if (counts === null) return 0
  if (by === 'year') return counts.decades.filter(({ from, titles }) => from > 0 && titles > 0).length
  return Object.values(by === 'kind' ? counts.kinds : counts.shelves).filter((titles) => titles > 0).length
}

function heading({ query: { text, filter, order } }: ResultsPage, words: LibraryWords): string {
  if (text.trim() !== '') return `「${text.trim()}」`
  if (filter.age !== undefined) return `${words.ages} ${fill(words.age, { n: filter.age })}`
  if (filter.aboutTown) return words.town
  if (filter.ndc !== undefined) return ndcText(words, filter.ndc)
  return { new: words.newest, popular: words.popular, best: words.results }[order]
}
