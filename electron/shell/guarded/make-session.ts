import { randomUUID } from 'node:crypto'
import { clipboard, type OnBeforeRequestListenerDetails, type Session, session as sessions } from 'electron'
import { decideRequest, type InternetPolicy, type InternetRefusal } from '../../../contract/internet-policy.ts'
import { guardedHeaders } from '../../kiosk/internet/guarded-headers.ts'

type Options = {
  policy: InternetPolicy
  proxyPort: number
  language: string
  onRefused: (reason: InternetRefusal, leaves: boolean) => void
}

export type OneSession = { session: Session; destroy(): Promise<void> }

/** In memory, and under a name that comes never again: what would not be cleared in this time cannot be reached by anybody. */
const clearLimitMs = 5_000

const made = new WeakSet<Session>()
/** Whether what lives in it is held by the guard of strange pages. */
export const isGuarded = (session: Session): boolean => made.has(session)

/** One visitor's session: every request of it judged, its only way out our forward proxy, and nothing granted. */
export async function makeSession({ policy, proxyPort, language, onRefused }: Options): Promise<OneSession> {
  const session = sessions.fromPartition(`guarded-${randomUUID()}`)
  made.add(session)
  let ended = false

  session.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    const verdict = decideRequest({ address: parseAddress(url), kind: kindOf(resourceType) }, policy)
    if (!verdict.allowed) onRefused(verdict.reason, resourceType === 'mainFrame')
    answer({ cancel: ended || !verdict.allowed })
  })
  // A worker that answers for the site would answer without the headers that we add; in one visit it serves nobody.
  session.webRequest.onBeforeSendHeaders(({ requestHeaders }, answer) => {
    answer({ cancel: Object.keys(requestHeaders).some((name) => name.toLowerCase() === 'service-worker') })
  })
  session.webRequest.onHeadersReceived(({ resourceType, responseHeaders = {} }, answer) => {
    const framed = resourceType === 'mainFrame' || resourceType === 'subFrame'
    answer({ responseHeaders: framed ? guardedHeaders(responseHeaders) : responseHeaders })
  })
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    onRefused(permission === 'openExternal' ? 'scheme' : 'permission', false)
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => {
    event.preventDefault()
    onRefused('download', false)
  })
  session.setUserAgent(plainUserAgent(session.getUserAgent()), language)
  // Without `<-loopback>` Chromium would go round the proxy to this machine.
  await session.setProxy({
    mode: 'fixed_servers',
    proxyRules: `http://127.0.0.1:${proxyPort}`,
    proxyBypassRules: '<-loopback>',
  })

  return {
    session,
    async destroy() {
      ended = true
      clipboard.clear()
      clipboard.selection?.clear()
      const cleared = [
        session.closeAllConnections(),
        session.clearStorageData(),
        session.clearCache(),
        session.clearCodeCaches({}),
        session.clearAuthCache(),
        session.clearHostResolverCache(),
      ]
      const late = new Promise((resolve) => setTimeout(resolve, clearLimitMs).unref())
      await Promise.race([Promise.allSettled(cleared), late])
    },
  }
}

export function parseAddress(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}

function kindOf(resourceType: OnBeforeRequestListenerDetails['resourceType']): 'page' | 'part' | 'socket' {
  if (resourceType === 'webSocket') return 'socket'
  return resourceType === 'mainFrame' || resourceType === 'subFrame' ? 'page' : 'part'
}

/** As the browser that it is; the names of the program are nobody's business and make sites turn away. */
function plainUserAgent(userAgent: string): string {
  return userAgent.replace(/ (?:Electron|memuro-kiosk)\/\S+/g, '')
}
