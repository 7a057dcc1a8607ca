import { mdiBookshelf } from '@mdi/js'
import { createContext, memo, use, useMemo, useRef } from 'react'
import type { LibraryView, TitleCard, TitleStatus } from '../../../contract/menus/library.ts'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { Touch } from '../../ui/touch.tsx'
import { AuthorNames } from './author-names.tsx'
import { Cover } from './cover.tsx'
import { decideMarks } from './decide-marks.ts'
import { decideReading } from './decide-reading.ts'
import { Marked } from './marked.tsx'
import { PlaceName } from './place-name.tsx'
import { StatusMark } from './status-mark.tsx'
import { TitleText } from './title-text.tsx'
import { useInKana } from './use-in-kana.ts'

type Face = {
  title: TitleCard
  typed: string
  shelves: LibraryView['shelves']
  status: TitleStatus | null
}
type Props = Face & {
  /** In its list. */
  place: number
  onOpen(id: string): void
}

const FaceContext = createContext<Face | null>(null)

/** One title of a list. With the next letter the button stays and only what is written on it changes: the button itself is about a third of what a key makes React do. */
export const TitleCardButton = memo(function TitleCardButton({ title, typed, shelves, status, place, onOpen }: Props) {
  const face = useMemo(() => ({ title, typed, shelves, status }), [title, typed, shelves, status])
  const open = useRef(() => {})
  open.current = () => onOpen(title.id)
  const button = useMemo(
    () => (
      <Touch name={`card-${place}`} className="card library-card" onTouch={() => open.current()}>
        <CardFace />
      </Touch>
    ),
    [place],
  )
  return <FaceContext value={face}>{button}</FaceContext>
})

function CardFace() {
  const words = useLibraryWords()
  const inKana = useInKana()
  const face = use(FaceContext)
  if (face === null) return null
  const { title, typed, shelves, status } = face
  const shelf = shelves.find((one) => one.id === title.shelf)
  const isMarked = (text: string) => decideMarks(text, typed).some((part) => part.marked)
  const reading = decideReading(title)
  // What was typed stands in the reading only: then the reading is shown, so that one sees why it was found.
  const byReading = typed !== '' && reading !== null && isMarked(reading.text) && !isMarked(title.title)
  const state = status && status.state !== 'unknown' ? status.state : title.readingRoomOnly ? 'reading-room' : null
  return (
    <>
      <Cover title={title} blob={title.cover} />
      <span className="library-card-words">
        <span className="library-card-title">
          <TitleText title={title} typed={typed} />
        </span>
        {byReading && (
          <span className="library-card-line library-card-reading">
            {reading.guessed && !inKana && `${words.readingGuess} `}
            <span lang="ja">
              <Marked text={reading.text} typed={typed} />
            </span>
          </span>
        )}
        <span className="library-card-line library-card-authors" lang="ja">
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
          {state !== null && <StatusMark state={state} due={status?.due ?? null} />}
        </span>
      </span>
    </>
  )
}
