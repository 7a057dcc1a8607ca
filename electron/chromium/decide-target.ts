/** What runs inside of a page or of the browser's own window, and has none itself. */
const windowless = new Set([
  'browser',
  'browser_ui',
  'iframe',
  'service_worker',
  'shared_worker',
  'tab',
  'worker',
  'worklet',
])

/** What to do with something new in the browser. The first page is the screen; there is never a second window of any kind. */
export function decideTarget(type: string, hasScreen: boolean): 'screen' | 'close' | 'leave' {
  if (windowless.has(type)) return 'leave'
  return type === 'page' && !hasScreen ? 'screen' : 'close'
}
