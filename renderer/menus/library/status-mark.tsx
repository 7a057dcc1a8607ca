import { mdiBookClock, mdiBookOpenVariant, mdiCheckCircle, mdiHelpCircleOutline } from '@mdi/js'
import type { TitleStatus } from '../../../contract/menus/library.ts'
import { dayText } from '../../i18n/dates.ts'
import { dayInKana } from '../../i18n/library/children.ts'
import { fill, useLibraryWords } from '../../i18n/library/library-words.ts'
import { useVisit } from '../../state/visit-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { useInKana } from './use-in-kana.ts'

const icons = {
  in: mdiCheckCircle,
  out: mdiBookClock,
  'reading-room': mdiBookOpenVariant,
  unknown: mdiHelpCircleOutline,
}

/** Whether it is in, by words, icon and colour. */
export function StatusMark({ state, due }: { state: TitleStatus['state']; due: string | null }) {
  const words = useLibraryWords()
  const language = useVisit((visit) => visit.language)
  const inKana = useInKana()
  const text = { in: words.in, out: words.out, 'reading-room': words.readingRoom, unknown: words.unknown }[state]
  const until =
    state === 'out' && due !== null ? fill(words.due, { day: inKana ? dayInKana(due) : dayText(due, language) }) : null
  return (
    <span className="library-status" data-state={state}>
      <Icon path={icons[state]} className="icon small" />
      <span>
        {text}
        {until !== null && <span className="library-status-until"> {until}</span>}
      </span>
    </span>
  )
}
