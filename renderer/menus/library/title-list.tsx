import { mdiFilterVariant } from '@mdi/js'
import { memo, useMemo } from 'react'
import type { LibraryAnswer, LibraryQuery, LibraryView } from '../../../contract/menus/library.ts'
import { clockText } from '../../i18n/dates.ts'
import { rangeInKana } from '../../i18n/library/children.ts'
import { fill, useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { PageFrame, usePageFit } from '../../ui/pager.tsx'
import { Touch } from '../../ui/touch.tsx'
import type { LibraryCalls } from './library-calls.ts'
import { NothingFound } from './nothing-found.tsx'
import { TitleCardButton } from './title-card.tsx'
import { useAnswer } from './use-answer.ts'
import { useInKana } from './use-in-kana.ts'
import { type ShownStatus, useStatus } from './use-status.ts'

type Props = {
  view: LibraryView
  query: LibraryQuery
  page: number
  calls: LibraryCalls
  onPage(page: number): void
  onOpen(id: string): void
  /** A guess was taken. */
  onText(text: string): void
  /** While the keyboard takes its room. */
  typing?: boolean
  onNarrow?(): void
  onOther(): void
}
type Asked = { query: LibraryQuery; page: number; perPage: number }
type Found = LibraryAnswer & { asked: Asked }
const none: readonly string[] = []
const mostAtOnce = 60
const wholeCard = { minWidth: 62, height: 21.2 }
const leastCard = { minWidth: 62, height: 16.4 }
/** A child sees pictures first. */
const pictureCard = { minWidth: 40, height: 46 }

/** What a search found, page by page; only this page is asked for. */
export function TitleList(props: Props) {
  const { view, query, page, calls, typing = false } = props
  const inKana = useInKana()
  // Beside the keyboard a lying screen has room for the least of a card only.
  const least = typing && window.innerWidth > window.innerHeight
  const { space, fit } = usePageFit(inKana && !typing ? pictureCard : least ? leastCard : wholeCard)
  const perPage = Math.min(mostAtOnce, fit.columns * fit.rows)
  const asked: Asked = { query, page, perPage }
  const { answer, failed } = useAnswer(JSON.stringify(asked), async (): Promise<Found> => {
    const found = await calls.search(query, page * perPage, perPage)
    return { ...found, asked }
  })
  const ids = useMemo(() => answer?.titles.map((title) => title.id) ?? none, [answer])
  const status = useStatus(ids, calls)
  const { onPage, onOpen, onText, onNarrow, onOther } = props
  if (answer?.total === 0)
    return <NothingFound text={answer.asked.query.text} calls={calls} onText={onText} onOther={onOther} />
  return (
    <FoundTitles
      shelves={view.shelves}
      answer={answer}
      failed={failed}
      status={status}
      space={space}
      fit={fit}
      onPage={onPage}
      onOpen={onOpen}
      {...(onNarrow === undefined ? {} : { onNarrow })}
    />
  )
}

type FoundProps = Pick<Props, 'onPage' | 'onOpen' | 'onNarrow'> &
  ReturnType<typeof usePageFit> & {
    shelves: LibraryView['shelves']
    answer: Found | null
    failed: boolean
    status: ShownStatus
  }

/** Drawn again with an answer, not with every letter: the question is asked while the old answer stands. */
const FoundTitles = memo(function FoundTitles(props: FoundProps) {
  const { shelves, answer, failed, status, space, fit, onPage, onOpen, onNarrow } = props
  const words = useLibraryWords()
  const inKana = useInKana()
  return (
    <div className="library-list" data-children={inKana} data-text={answer?.asked.query.text}>
      <div className="library-line">
        <p className="library-total" aria-live="polite">
          {failed ? words.preparing : answer ? fill(words.found, { n: answer.total.toLocaleString('en') }) : ''}
        </p>
        {status && !failed && (
          <p className="library-as-of">
            {status.asOfMs === null ? words.atCounter : fill(words.asOf, { time: clockText(status.asOfMs) })}
          </p>
        )}
        {onNarrow && answer && !failed && <NarrowChip onNarrow={onNarrow} />}
      </div>
      <PageFrame
        space={space}
        fit={fit}
        items={(answer?.titles ?? []).slice(0, fit.columns * fit.rows)}
        page={answer?.asked.page ?? 0}
        total={answer?.total ?? 0}
        onPage={onPage}
        keyOf={(title) => title.id}
        rangeText={inKana ? rangeInKana : undefined}
        render={(title) => (
          <TitleCardButton
            title={title}
            typed={answer?.asked.query.text ?? ''}
            shelves={shelves}
            status={status?.of(title.id) ?? null}
            onOpen={onOpen}
          />
        )}
      />
    </div>
  )
})

const NarrowChip = memo(function NarrowChip({ onNarrow }: { onNarrow(): void }) {
  const words = useLibraryWords()
  return (
    <Touch name="library-all" className="chip" onTouch={onNarrow}>
      <Icon path={mdiFilterVariant} className="icon small" />
      <span>{words.narrow}</span>
    </Touch>
  )
})
