import {
  mdiBookOpenVariant,
  mdiCalendar,
  mdiDomain,
  mdiMapMarker,
  mdiQrcode,
  mdiResize,
  mdiShape,
  mdiViewList,
} from '@mdi/js'
import type { LibraryView, TitlePage } from '../../../contract/menus/library.ts'
import { clockText } from '../../i18n/dates.ts'
import { fill, ndcText, useLibraryWords } from '../../i18n/library/library-words.ts'
import { Facts } from '../../ui/facts.tsx'
import { Icon } from '../../ui/icon.tsx'
import { RubyName } from '../../ui/local-text.tsx'
import { ScrollPane } from '../../ui/scroll-pane.tsx'
import { Touch } from '../../ui/touch.tsx'
import { AuthorNames } from './author-names.tsx'
import { Cover } from './cover.tsx'
import { decideReading } from './decide-reading.ts'
import { Holdings } from './holdings.tsx'
import type { LibraryCalls } from './library-calls.ts'
import type { LibraryPage } from './library-page.ts'
import { Neighbours } from './neighbours.tsx'
import { Reserve } from './reserve.tsx'
import { SpineLabel } from './spine-label.tsx'
import { StatusMark } from './status-mark.tsx'
import { fitsAsRuby, TitleText } from './title-text.tsx'
import { hasKanji, useInKana } from './use-in-kana.ts'
import { useStatus } from './use-status.ts'

type Props = {
  view: LibraryView
  title: TitlePage
  calls: LibraryCalls
  go(page: LibraryPage): void
  reserveHere(id: string): void
}

/** A title, whole: what it is, whether it is in, where it stands, what stands beside it. */
export function TitleDetail({ view, title, calls, go, reserveHere }: Props) {
  const words = useLibraryWords()
  const inKana = useInKana()
  const { record } = title
  // Nobody told how it is read: for a child it is better left out.
  const readable = (text: string | undefined) => Boolean(text) && !(inKana && hasKanji(text ?? ''))
  const { text: reading, guessed } = decideReading(record) ?? { text: '', guessed: false }
  const fits = fitsAsRuby(record.title, reading)
  // A guess stands above the title for a child only: to others it would look like the library's word.
  const asRuby = fits && !guessed
  const status = useStatus([record.id], calls)
  const mine = status?.of(record.id) ?? null
  const callNumber = record.holdings.find((holding) => holding.callNumber !== null)?.callNumber ?? null
  const drawn = record.holdings
    .map((holding) => view.shelves.find((shelf) => shelf.id === holding.shelf))
    .find((shelf) => shelf && shelf.plan !== null && shelf.outline.length > 2)
  const facts = [
    {
      key: 'genre',
      icon: mdiShape,
      label: words.genre,
      value: record.ndc && `${record.ndc}　${ndcText(words, record.ndc)}`,
    },
    { key: 'series', icon: mdiViewList, label: words.series, value: record.series.map((one) => one.name).join('、') },
    { key: 'publisher', icon: mdiDomain, label: words.publisher, value: record.publisher },
    { key: 'year', icon: mdiCalendar, label: words.year, value: record.year?.toString() },
    { key: 'extent', icon: mdiResize, label: words.extent, value: record.extent },
  ].filter((fact) => readable(fact.value))
  return (
    <article className="library library-title">
      <header className="library-head">
        <Cover title={record} blob={title.cover} large />
        <div className="library-head-words">
          <h1 className="library-name" lang="ja">
            {inKana ? (
              <TitleText
                title={{ title: record.title, titleReading: record.titleReading, titleGuess: record.titleGuess }}
              />
            ) : asRuby ? (
              <RubyName name={{ ja: record.title }} reading={reading} />
            ) : (
              record.title
            )}
            {record.volume && ` ${record.volume}`}
          </h1>
          {!asRuby && !inKana && reading !== '' && (
            <p className="library-name-reading">
              {guessed && `${words.readingGuess} `}
              <span lang="ja">{reading}</span>
            </p>
          )}
          {guessed && inKana && (
            <p className="library-name-reading">
              {words.readingGuess}
              {/* In kana alone a wrong guess would leave nothing that anybody can look for. */}
              {!fits && `　${record.title}`}
            </p>
          )}
          {readable(record.subtitle) && (
            <p className="library-subtitle" lang="ja">
              {record.subtitle}
            </p>
          )}
          <p className="library-authors" lang="ja">
            <AuthorNames authors={record.authors} />
          </p>
          <p className="library-card-line">
            <span className="library-kind">{words.kinds[record.kind]}</span>
          </p>
          <div className="library-now" aria-live="polite">
            {status === null ? (
              <span className="library-status">{words.checking}</span>
            ) : (
              <>
                <StatusMark state={mine?.state ?? 'unknown'} due={mine?.due ?? null} />
                {status.asOfMs !== null && (
                  <span className="library-as-of">{fill(words.asOf, { time: clockText(status.asOfMs) })}</span>
                )}
              </>
            )}
          </div>
        </div>
        {callNumber && (
          <div className="library-spine">
            <span className="library-spine-word">{words.callNumber}</span>
            <SpineLabel callNumber={callNumber} />
          </div>
        )}
      </header>
      <ScrollPane className="library-more">
        {readable(record.summary) && (
          <p className="library-summary" lang="ja">
            {record.summary}
          </p>
        )}
        <Holdings view={view} record={record} status={mine} />
        <Facts facts={facts} />
      </ScrollPane>
      <Neighbours title={title} onOpen={(id) => go({ kind: 'title', id })} />
      <div className="library-acts">
        {drawn && (
          <Touch
            name="see-place"
            className="action action-main"
            onTouch={() => go({ kind: 'place', id: record.id, shelf: drawn.id })}
          >
            <Icon path={mdiMapMarker} className="icon action-icon" />
            <span>{words.seePlace}</span>
          </Touch>
        )}
        <Touch name="slip" className="action" onTouch={() => go({ kind: 'slip', id: record.id })}>
          <Icon path={mdiQrcode} className="icon action-icon" />
          <span>{words.slip}</span>
        </Touch>
        <Reserve
          reserve={title.reserve}
          onHere={() => reserveHere(record.id)}
          onByPhone={() => go({ kind: 'reserve', id: record.id })}
        />
        {!drawn && title.reserve === null && (
          <p className="library-help">
            <Icon path={mdiBookOpenVariant} className="icon small" /> {words.askCounter}
          </p>
        )}
      </div>
    </article>
  )
}
