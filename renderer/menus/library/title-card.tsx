import { mdiBookshelf } from '@mdi/js'
import { memo } from 'react'
import type { LibraryView, TitleCard, TitleStatus } from '../../../contract/menus/library.ts'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { Touch } from '../../ui/touch.tsx'
import { AuthorNames } from './author-names.tsx'
import { Cover } from './cover.tsx'
import { decideMarks, toHiragana } from './decide-marks.ts'
import { Marked } from './marked.tsx'
import { PlaceName } from './place-name.tsx'
import { StatusMark } from './status-mark.tsx'
import { TitleText } from './title-text.tsx'

type Props = {
  title: TitleCard
  typed: string
  shelves: LibraryView['shelves']
  status: TitleStatus | null
  onOpen(id: string): void
}

/** One title of a list. */
export const TitleCardButton = memo(function TitleCardButton({ title, typed, shelves, status, onOpen }: Props) {
  const words = useLibraryWords()
  const shelf = shelves.find((one) => one.id === title.shelf)
  const isMarked = (text: string) => decideMarks(text, typed).some((part) => part.marked)
  const reading = toHiragana(title.titleReading ?? '')
  // What was typed stands in the reading only: then the reading is shown, so that one sees why it was found.
  const byReading = typed !== '' && isMarked(reading) && !isMarked(title.title)
  const state = status && status.state !== 'unknown' ? status.state : title.readingRoomOnly ? 'reading-room' : null
  return (
    <Touch name={`title-${title.id}`} className="card library-card" onTouch={() => onOpen(title.id)}>
      <Cover title={title} blob={title.cover} />
      <span className="library-card-words">
        <span className="library-card-title">
          <TitleText title={title} typed={typed} />
        </span>
        {byReading && (
          <span className="library-card-line library-card-reading" lang="ja">
            <Marked text={reading} typed={typed} />
          </span>
        )}
        <span className="library-card-line" lang="ja">
          <AuthorNames authors={title.authors} typed={typed} />
        </span>
        <span className="library-card-line library-card-more">
          <span className="library-kind">{words.kinds[title.kind]}</span>
          {shelf && (
            <span className="library-card-shelf">
              <Icon path={mdiBookshelf} className="icon small" />
              <PlaceName name={shelf.name} />
            </span>
          )}
          {title.callNumber && <span className="library-call">{title.callNumber.replaceAll('/', ' ')}</span>}
        </span>
        {state !== null && <StatusMark state={state} due={status?.due ?? null} />}
      </span>
    </Touch>
  )
})
