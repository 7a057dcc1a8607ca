export type ScreenTrouble =
  /** Its process is gone. */
  | 'crashed'
  /** Its own thread does not answer. */
  | 'hangs'
  /** It no longer says that it paints, or never came up. */
  | 'silent'
  /** It says that it paints, and its pixels stand still. */
  | 'frozen'
  /** Nothing at all is drawn: what draws for all pages hangs. */
  | 'undrawn'
  /** The browser shows it larger or smaller than it is. */
  | 'zoomed'

/** `page`: the same browser shows the screen anew; `gpu`: what draws is begun again, the visitor stays; `browser`: all of it is begun again. */
export type ScreenRemedy = 'page' | 'gpu' | 'browser'

const memoryMs = 60_000
const mostPages = 3

/** The smallest remedy that has not just failed. `earlier`: what was done before, by how long ago. */
export function decideRecovery(
  trouble: ScreenTrouble,
  earlier: readonly { remedy: ScreenRemedy; agoMs: number }[],
): ScreenRemedy {
  const lately = earlier.filter(({ agoMs }) => agoMs < memoryMs).map(({ remedy }) => remedy)
  if (trouble === 'undrawn') return lately.includes('gpu') ? 'browser' : 'gpu'
  // How large a browser shows a page is its own business; one that is begun again has forgotten it.
  if (trouble === 'zoomed') return 'browser'
  // A page that never came up, or stands still, came from this very browser.
  if (trouble === 'silent' || trouble === 'frozen') return lately.length > 0 ? 'browser' : 'page'
  return lately.length >= mostPages ? 'browser' : 'page'
}
