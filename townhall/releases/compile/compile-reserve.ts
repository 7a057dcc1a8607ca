import { decideRequest, type InternetPolicy } from '../../../contract/internet-policy.ts'
import { reserveAddress } from '../../../contract/library/reserve-address.ts'
import type { LibraryContent } from '../../../contract/menus/library.ts'
import type { Notice } from '../../importers/import-report.ts'
import { parsed } from '../../importers/parse-host.ts'
import type { LibrarySettings } from '../../importers/read-library-settings.ts'
import { whyShut } from './compile-internet.ts'

/** A title with every number, to try the address with. */
const anyTitle = { id: '1', isbn: '9784000000000' }

/**
 * The address for reserving, and whether kiosks open it on their own screens: where the town wants it and the rules of 体験インターネット
 * allow it. When they do not, that is told with what to write; the QR code stays. A kiosk judges the address of each title again.
 */
export function compileReserve(
  { reserve, reserveLine, inWebAsked }: LibrarySettings,
  policy: InternetPolicy | null,
  tell: (notice: Notice) => void,
): LibraryContent['reserve'] {
  if (reserve === null || !reserve.inWeb) return reserve
  const say = (why: string) =>
    tell({
      line: reserveLine,
      column: '値',
      value: reserve.address,
      reason: `予約のページは、端末の画面では開けません（スマートフォンで読む QR コードだけが出ます）。${why}`,
      severity: 'note',
    })
  const qrAlone = { ...reserve, inWeb: false }
  if (policy === null) {
    if (inWebAsked) say('この町の公開には、体験インターネットがありません。')
    return qrAlone
  }
  const address = parsed(reserveAddress(reserve.address, anyTitle) ?? '')
  const verdict = decideRequest({ address, kind: 'page' }, policy)
  if (verdict.allowed) return reserve
  if (address !== null) say(whyShut(verdict.reason, folderOf(reserve.address) ?? address, policy))
  return qrAlone
}

/** What is the same for all titles: the way up to the first number, at a border that a rule can name. */
function folderOf(template: string): URL | null {
  const same = template.replace(/\{(?:id|isbn)\}.*$/s, '')
  const way = /[?#]/.test(same) ? same.replace(/[?#].*$/s, '') : same.replace(/[^/]*$/, '')
  return parsed(way)
}
