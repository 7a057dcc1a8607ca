import type { LibraryView, TitlePage } from '../../../contract/menus/library.ts'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { useVisit } from '../../state/visit-store.ts'
import { TakeSheet } from '../../ui/take-sheet.tsx'
import { decideSlip } from './decide-slip.ts'

type Props = { view: LibraryView; title: TitlePage; kind: 'slip' | 'reserve'; onClose(): void }

/** What a telephone takes with it: where the book stands, or the way to reserve it. */
export function TitleQr({ view, title, kind, onClose }: Props) {
  const words = useLibraryWords()
  const language = useVisit((visit) => visit.language)
  const data = kind === 'slip' ? decideSlip(title.record, view, language) : (title.reserve?.address ?? null)
  const body = data === null ? words.askCounter : kind === 'slip' ? words.slipBody : words.reserveBody
  return <TakeSheet title={words[kind]} body={body} data={data} onClose={onClose} />
}
