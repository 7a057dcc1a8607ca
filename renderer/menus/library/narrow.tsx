import { mdiCheck } from '@mdi/js'
import type { TitleKind } from '../../../contract/library/record.ts'
import type { LocalizedText } from '../../../contract/localized-text.ts'
import type { LibraryCounts, LibraryFilter, LibraryView } from '../../../contract/menus/library.ts'
import { rangeInKana } from '../../i18n/library/children.ts'
import type { LibraryWords } from '../../i18n/library/ja.ts'
import { fill, useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Touch } from '../../ui/touch.tsx'
import { Awaited } from './awaited.tsx'
import type { LibraryCalls } from './library-calls.ts'
import type { LibraryPage, ResultsPage } from './library-page.ts'
import { PlaceName } from './place-name.tsx'
import { useAnswer } from './use-answer.ts'
import { useInKana } from './use-in-kana.ts'

type NarrowPage = Extract<LibraryPage, { kind: 'narrow' }>
type Choice = {
  id: string
  text: string
  name?: LocalizedText | undefined
  titles: number | null
  chosen: boolean
  filter: LibraryFilter
}
type Props = {
  view: LibraryView
  page: NarrowPage
  calls: LibraryCalls
  turn(page: LibraryPage): void
  onChosen(results: ResultsPage): void
}

/** One question: which kind, which shelf, which years; each with its number, none with 0. */
export function Narrow({ view, page, calls, turn, onChosen }: Props) {
  const words = useLibraryWords()
  const inKana = useInKana()
  const { by, results } = page
  const { answer: counts, failed } = useAnswer(JSON.stringify(results.query), () => calls.counts(results.query))
  const { filter } = results.query
  const list = counts
    ? choicesOf(by, counts, filter, words, (id) => view.shelves.find((one) => one.id === id)?.name)
    : []
  return (
    <div className="list-page library library-narrow">
      <MenuTitle
        menu="library"
        title={words.title}
        part={{ kind: words.kind, shelf: words.shelf, year: words.year }[by]}
      />
      {counts === null ? (
        <Awaited failed={failed} />
      ) : (
        <Pager
          items={list}
          page={page.page}
          onPage={(next) => turn({ ...page, page: next })}
          card={{ minWidth: 44, height: 13 }}
          keyOf={(choice) => choice.id}
          rangeText={inKana ? rangeInKana : undefined}
          render={(choice) => (
            <Touch
              name={`choice-${choice.id}`}
              className="card choice library-choice"
              pressed={choice.chosen}
              onTouch={() => onChosen({ ...results, page: 0, query: { ...results.query, filter: choice.filter } })}
            >
              <span>{choice.name ? <PlaceName name={choice.name} /> : choice.text}</span>
              <span className="library-choice-count">
                {choice.titles?.toLocaleString('en')}
                {choice.chosen && <Icon path={mdiCheck} className="icon choice-mark" />}
              </span>
            </Touch>
          )}
        />
      )}
    </div>
  )
}

function choicesOf(
  by: NarrowPage['by'],
  counts: LibraryCounts,
  filter: LibraryFilter,
  words: LibraryWords,
  nameOf: (shelf: string) => LocalizedText | undefined,
): Choice[] {
  if (by === 'kind') {
    const kinds = Object.keys(words.kinds) as TitleKind[]
    return [
      {
        id: 'any',
        text: words.anyKind,
        titles: null,
        chosen: filter.kinds.length === 0,
        filter: { ...filter, kinds: [] },
      },
      ...kinds
        .filter((kind) => (counts.kinds[kind] ?? 0) > 0)
        .map((kind) => ({
          id: kind,
          text: words.kinds[kind],
          titles: counts.kinds[kind] ?? 0,
          chosen: filter.kinds.includes(kind),
          filter: { ...filter, kinds: [kind] },
        })),
    ]
  }
  if (by === 'shelf')
    return [
      {
        id: 'any',
        text: words.anyShelf,
        titles: null,
        chosen: filter.shelves.length === 0,
        filter: { ...filter, shelves: [] },
      },
      ...Object.entries(counts.shelves).flatMap(([id, titles]) => {
        const name = nameOf(id)
        if (name === undefined || titles === 0) return []
        return [
          { id, text: '', name, titles, chosen: filter.shelves.includes(id), filter: { ...filter, shelves: [id] } },
        ]
      }),
    ]
  const { yearFrom: _from, yearTo: _to, ...anyYear } = filter
  return [
    { id: 'any', text: words.anyYear, titles: null, chosen: filter.yearFrom === undefined, filter: anyYear },
    ...counts.decades
      .filter(({ from, titles }) => from > 0 && titles > 0)
      .sort((a, b) => b.from - a.from)
      .map(({ from, titles }) => ({
        id: String(from),
        text: fill(words.decade, { year: from }),
        titles,
        chosen: filter.yearFrom === from,
        filter: { ...filter, yearFrom: from, yearTo: from + 9 },
      })),
  ]
}
