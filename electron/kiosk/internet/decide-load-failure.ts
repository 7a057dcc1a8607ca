import type { InternetProblem } from '../../../contract/menus/internet.ts'

/** ERR_ABORTED: stopped, or it became a download. ERR_BLOCKED_BY_CLIENT: refused by us, and told when it was. */
const notToTell = new Set([0, -3, -20])
/** ERR_NETWORK_CHANGED, ERR_INTERNET_DISCONNECTED, ERR_ADDRESS_UNREACHABLE */
const lineCut = new Set([-21, -106, -109])

/** What stands in place of a page that could not be loaded. `code` of Chromium's net_error_list.h; everything from -200 to -299 is the certificate's. */
export function decideLoadFailure(code: number): InternetProblem | null {
  if (notToTell.has(code)) return null
  if (code <= -200 && code > -300) return { kind: 'refused', reason: 'certificate' }
  return { kind: lineCut.has(code) ? 'line-cut' : 'no-answer' }
}

/** Our forward proxy answers for a site without encryption in the site's place: 502 it was not reached, 403 it may not be. */
export function decideAnswer(protocol: string, status: number): InternetProblem | null {
  return protocol === 'http:' && (status === 502 || status === 403) ? { kind: 'no-answer' } : null
}
