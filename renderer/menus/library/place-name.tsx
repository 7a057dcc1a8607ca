import type { LocalizedText } from '../../../contract/localized-text.ts'
import { shelfReadings } from '../../i18n/library/shelf-readings.ts'
import { LocalText, RubyText } from '../../ui/local-text.tsx'
import { useInKana } from './use-in-kana.ts'

/** The name of a library, a floor or a shelf; with readings for a child. */
export function PlaceName({ name }: { name: LocalizedText }) {
  return useInKana() ? <RubyText parts={shelfReadings(name.ja)} /> : <LocalText text={name} />
}
