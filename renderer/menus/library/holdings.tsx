import type { Holding, LibraryRecord } from '../../../contract/library/record.ts'
import type { LibraryView, TitleStatus } from '../../../contract/menus/library.ts'
import { fill, useLibraryWords } from '../../i18n/library/library-words.ts'
import { PlaceName } from './place-name.tsx'
import { StatusMark } from './status-mark.tsx'

type Props = { view: LibraryView; record: LibraryRecord; status: TitleStatus | null }

/** Where copies stand, branch by branch, and which of them are in. */
export function Holdings({ view, record, status }: Props) {
  const words = useLibraryWords()
  if (record.holdings.length === 0) return null
  const places = new Map<string, Holding[]>()
  for (const holding of record.holdings) {
    const place = `${holding.branch} ${holding.shelf} ${holding.callNumber}`
    places.set(place, [...(places.get(place) ?? []), holding])
  }
  return (
    <section className="library-holdings" aria-label={words.where}>
      <h2 className="library-part">{words.where}</h2>
      <ul>
        {[...places].map(([place, holdings]) => {
          const first = holdings[0]
          if (!first) return null
          const branch = view.branches.find((one) => one.id === first.branch)
          const shelf = view.shelves.find((one) => one.id === first.shelf)
          return (
            <li key={place} className="library-holding">
              <span className="library-holding-place">
                <span className="library-holding-branch">
                  {branch ? <PlaceName name={branch.name} /> : first.branch}
                </span>
                {shelf && <PlaceName name={shelf.name} />}
                {first.callNumber && <span className="library-call">{first.callNumber.replaceAll('/', ' ')}</span>}
              </span>
              <span className="library-holding-state">
                {holdings.length > 1 && <span>{fill(words.copies, { n: holdings.length })}</span>}
                <PlaceStatus holdings={holdings} status={status} alone={places.size === 1} />
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function PlaceStatus({ holdings, status, alone }: { holdings: Holding[]; status: TitleStatus | null; alone: boolean }) {
  if (holdings.every((holding) => holding.readingRoomOnly)) return <StatusMark state="reading-room" due={null} />
  if (status === null || status.state === 'unknown') return null
  const told = holdings.flatMap((holding) => status.items.find((one) => one.item === holding.item) ?? [])
  if (told.length === 0) return alone ? <StatusMark state={status.state} due={status.due} /> : null
  if (told.some((one) => !one.out)) return <StatusMark state="in" due={null} />
  const days = told.flatMap((one) => one.due ?? []).sort()
  return <StatusMark state="out" due={days[0] ?? null} />
}
