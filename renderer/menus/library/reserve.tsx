import { mdiBookmarkCheck, mdiCellphone } from '@mdi/js'
import type { TitlePage } from '../../../contract/menus/library.ts'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { useDevice } from '../../state/device-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { Touch } from '../../ui/touch.tsx'

type Props = { reserve: TitlePage['reserve']; onHere(): void; onByPhone(): void }

/** The ways to the library's own system: on this screen where that is allowed and the line stands, and by a telephone always. */
export function Reserve({ reserve, onHere, onByPhone }: Props) {
  const words = useLibraryWords()
  const cut = useDevice((device) => device.state?.line === 'cut')
  if (reserve === null) return null
  return (
    <>
      {reserve.here && !cut && (
        <Touch name="reserve-here" className="action" onTouch={onHere}>
          <Icon path={mdiBookmarkCheck} className="icon action-icon" />
          <span>{words.reserveHere}</span>
        </Touch>
      )}
      <Touch name="reserve" className="action" onTouch={onByPhone}>
        <Icon path={reserve.here ? mdiCellphone : mdiBookmarkCheck} className="icon action-icon" />
        <span>{reserve.here ? words.reserveByPhone : words.reserve}</span>
      </Touch>
      {reserve.here && cut && <p className="library-help library-cut">{words.reserveCut}</p>}
    </>
  )
}
