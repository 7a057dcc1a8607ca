import { useCallback } from 'react'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { useRelease } from '../../state/release-store.ts'
import { Empty } from '../../ui/empty.tsx'
import './library.css'
import { Ages } from './ages.tsx'
import { Awaited } from './awaited.tsx'
import { Genres } from './genres.tsx'
import type { LibraryCalls } from './library-calls.ts'
import type { LibraryPage } from './library-page.ts'
import { Narrow } from './narrow.tsx'
import { Results } from './results.tsx'
import { SearchPage } from './search-page.tsx'
import { TitleDetail } from './title-detail.tsx'
import { TitlePlace } from './title-place.tsx'
import { TitleQr } from './title-qr.tsx'
import { useTitle } from './use-title.tsx'

type Props = {
  page: LibraryPage
  /** The page fills the screen and need not be moved: there is room for the keyboard beside all else. */
  roomy: boolean
  flatKeys: boolean
  calls: LibraryCalls
  go(page: LibraryPage): void
  turn(page: LibraryPage): void
  back(): void
  elsewhere(): void
  /** To the library's own page for reserving the title, on this screen. */
  reserveHere(id: string): void
}

/** 図書検索. */
export function LibraryMenu({ page, roomy, flatKeys, calls, go, turn, back, elsewhere, reserveHere }: Props) {
  const words = useLibraryWords()
  const view = useRelease((release) => release.library)
  const open = useCallback((id: string) => go({ kind: 'title', id }), [go])
  if (view === null || !view.ready) return <Empty sentence={words.preparing} way={words.elsewhere} onWay={elsewhere} />
  switch (page.kind) {
    case 'entry':
      return <SearchPage {...{ view, page, roomy, flatKeys, calls, go, turn }} onOpen={open} />
    case 'genres':
      return <Genres first={page.first} calls={calls} go={go} />
    case 'ages':
      return <Ages calls={calls} go={go} />
    case 'results':
      return <Results view={view} page={page} calls={calls} go={go} turn={turn} onOpen={open} />
    case 'narrow':
      return (
        <Narrow
          view={view}
          page={page}
          calls={calls}
          turn={turn}
          onChosen={(results) => {
            back()
            turn(results)
          }}
        />
      )
    default:
      return <OneTitle page={page} view={view} calls={calls} go={go} back={back} reserveHere={reserveHere} />
  }
}

type OneProps = Pick<Props, 'calls' | 'go' | 'back' | 'reserveHere'> & {
  page: Extract<LibraryPage, { id: string }>
  view: NonNullable<ReturnType<typeof useRelease.getState>['library']>
}

function OneTitle({ page, view, calls, go, back, reserveHere }: OneProps) {
  const words = useLibraryWords()
  const { title, gone, failed } = useTitle(page.id, calls)
  if (gone) return <Empty sentence={words.gone} way={words.otherWay} onWay={back} />
  if (title === null) return <Awaited failed={failed} />
  switch (page.kind) {
    case 'title':
      return <TitleDetail view={view} title={title} calls={calls} go={go} reserveHere={reserveHere} />
    case 'place':
      return <TitlePlace view={view} title={title} shelf={page.shelf} />
    case 'slip':
    case 'reserve':
      return <TitleQr view={view} title={title} kind={page.kind} onClose={back} />
  }
}
