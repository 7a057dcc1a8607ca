import type { TitlePage } from '../../../contract/menus/library.ts'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { Touch } from '../../ui/touch.tsx'
import { Cover } from './cover.tsx'
import { TitleText } from './title-text.tsx'

/** What stands left and right of it. */
export function Neighbours({ title, onOpen }: { title: TitlePage; onOpen(id: string): void }) {
  const words = useLibraryWords()
  const beside = [...title.before.slice(-2), ...title.after.slice(0, 4)].slice(0, 4)
  if (beside.length === 0) return null
  return (
    <section className="library-beside" aria-label={words.neighbours}>
      <h2 className="library-part">{words.neighbours}</h2>
      <ul>
        {beside.map((one) => (
          <li key={one.id}>
            <Touch name={`beside-${one.id}`} className="card library-neighbour" onTouch={() => onOpen(one.id)}>
              <Cover title={one} blob={one.cover} />
              <span className="library-neighbour-name">
                <TitleText title={one} />
              </span>
            </Touch>
          </li>
        ))}
      </ul>
    </section>
  )
}
