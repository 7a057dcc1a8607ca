import type { InternetProblem } from '../../../contract/menus/internet.ts'

/** Codes of the resolver and of sockets that mean that nothing outside is reached, whatever the name. */
const cut = new Set([
  'EAI_AGAIN',
  'ESERVFAIL',
  'ETIMEOUT',
  'ECONNREFUSED-DNS',
  'ENETUNREACH',
  'ENETDOWN',
  'ENONET',
  'ECANCELLED',
])

/** What a failed resolution or connection means for the visitor. `while`: a refused connection is the site's doing, a refused question to the name server the line's. */
export function decideTrouble(code: string | undefined, during: 'resolving' | 'connecting'): InternetProblem {
  const named = during === 'resolving' && code === 'ECONNREFUSED' ? 'ECONNREFUSED-DNS' : code
  return { kind: named !== undefined && cut.has(named) ? 'line-cut' : 'no-answer' }
}
