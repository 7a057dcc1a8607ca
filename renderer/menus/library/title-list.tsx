import { mdiFilterVariant } from '@mdi/js'
import { memo, type ReactNode, useMemo } from 'react'
import type { LibraryAnswer, LibraryView } from '../../../contract/menus/library.ts'
import { clockText } from '../../i18n/dates.ts'
import { rangeInKana } from '../../i18n/library/children.ts'
import { fill, useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { PageFrame, usePageFit } from '../../ui/pager.tsx'
import { Touch } from '../../ui/touch.tsx'
import type { LibraryCalls } from './library-calls.ts'
import { NothingFound } from './nothing-found.tsx'
import { TitleCardButton } from './title-card.tsx'
import { useInKana } from './use-in-kana.ts'
import { type ShownStatus, useStatus } from './use-status.ts'

/** `text` and `page` as they were asked. */
export type Found = LibraryAnswer & { text: string; page: number }

type Props = {
  view: LibraryView
  /** null: nothing asked yet. */
  found: Found | null
  failed: boolean
  fit: TitleFit
  calls: LibraryCalls
  onPage(page: number): void
  onOpen(id: string): void
  /** A guess was taken. */
  onText(text: string): void
  onNarrow?(): void
  onOther(): void
  /** What stands there instead while nothing is typed. */
  instead?: { standing: boolean; children: ReactNode }
}
const none: readonly string[] = []
const mostAtOnce = 60
const wholeCard = { minWidth: 62, height: 21.2 }
/** While the keyboard takes its room: what a title is told by, and whether it is in. Readings over it make it higher. */
function typingCard(inKana: boolean) {
  const lying = window.innerWidth > window.innerHeight
  return { minWidth: 62, height: lying ? 16.4 : inKana ? 21.2 : 14 }
}
/** Where the keyboard leaves room for little more than one. */
const smallCard = { minWidth: 62, height: 12 }
const smallCardInKana = { minWidth: 62, height: 17 }
/** A child sees pictures first. */
const pictureCard = { minWidth: 40, height: 46 }

function cardSize(typing: false | 'beside' | 'above', inKana: boolean) {
  if (typing === 'above') return inKana ? smallCardInKana : smallCard
  if (typing === 'beside') return typingCard(inKana)
  return inKana ? pictureCard : wholeCard
}

export type TitleFit = ReturnType<typeof usePageFit> & { perPage: number }

/** `typing`: while the keyboard takes its room, beside the list or nearly all there is. */
export function useTitleFit(typing: false | 'beside' | 'above'): TitleFit {
  const inKana = useInKana()
  const { space, fit } = usePageFit(cardSize(typing, inKana))
  return { space, fit, perPage: Math.min(mostAtOnce, fit.columns * fit.rows) }
}

/** What a search found, page by page. */
export function TitleList(props: Props) {
  const { view, found, failed, fit, calls, instead } = props
  const standing = instead?.standing !== true
  const nothing = standing && !failed && found?.total === 0
  const ids = useMemo(() => (standing && found?.titles.map((title) => title.id)) || none, [standing, found])
  const status = useStatus(ids, calls)
  const { onPage, onOpen, onText, onNarrow, onOther } = props
  return (
    <>
      {instead && <Panel on={instead.standing}>{instead.children}</Panel>}
      <Panel on={standing && !nothing}>
        <FoundTitles
          shelves={view.shelves}
          found={found}
          failed={failed}
          status={status}
          space={fit.space}
          fit={fit.fit}
          onPage={onPage}
          onOpen={onOpen}
          {...(onNarrow === undefined ? {} : { onNarrow })}
        />
      </Panel>
      {nothing && (
        <Panel on>
          <NothingFound text={found.text} calls={calls} onText={onText} onOther={onOther} />
        </Panel>
      )}
    </>
  )
}

/** Stays when it is off: to take a list away and to build it anew would be the longest work of a key. */
function Panel({ on, children }: { on: boolean; children: ReactNode }) {
  return (
    <div className="library-panel" data-off={!on}>
      {children}
    </div>
  )
}

type FoundProps = Pick<Props, 'onPage' | 'onOpen' | 'onNarrow'> &
  ReturnType<typeof usePageFit> & {
    shelves: LibraryView['shelves']
    found: Found | null
    failed: boolean
    status: ShownStatus
  }

const FoundTitles = memo(function FoundTitles(props: FoundProps) {
  const { shelves, found, failed, status, space, fit, onPage, onOpen, onNarrow } = props
  const words = useLibraryWords()
  const inKana = useInKana()
  return (
    <div className="library-list" data-children={inKana} data-text={found?.text}>
      <div className="library-line">
        <p className="library-total" data-failed={failed} aria-live="polite">
          {failed ? words.preparing : found ? fill(words.found, { n: found.total.toLocaleString('en') }) : ''}
        </p>
        {status && !failed && (
          <p className="library-as-of">
            {status.asOfMs === null ? words.atCounter : fill(words.asOf, { time: clockText(status.asOfMs) })}
          </p>
        )}
        {onNarrow && found && !failed && <NarrowChip onNarrow={onNarrow} />}
      </div>
      <PageFrame
        space={space}
        fit={fit}
        items={(found?.titles ?? []).slice(0, fit.columns * fit.rows)}
        page={found?.page ?? 0}
        total={found?.total ?? 0}
        onPage={onPage}
        keyOf={(_, place) => place}
        rangeText={inKana ? rangeInKana : undefined}
        render={(title, place) => (
          <TitleCardButton
            place={place}
            title={title}
            typed={found?.text ?? ''}
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
