import { z } from 'zod'
import { decideRequest, type InternetPolicy, type InternetRefusal } from '../../../contract/internet-policy.ts'

const pausedSchema = z.object({
  requestId: z.string(),
  frameId: z.string(),
  resourceType: z.string(),
  request: z.object({ url: z.string() }),
})
const authSchema = z.object({ requestId: z.string() })
const startedSchema = z.object({ frameId: z.string(), loaderId: z.string(), navigationType: z.string() })
const navigatedSchema = z.object({
  type: z.string().optional(),
  frame: z.object({
    id: z.string(),
    url: z.string(),
    loaderId: z.string(),
    parentId: z.string().optional(),
    unreachableUrl: z.string().optional(),
  }),
})
const certificateSchema = z.object({ eventId: z.number(), requestURL: z.string() })
const downloadSchema = z.object({ guid: z.string() })

type Options = {
  policy: InternetPolicy
  tell: (method: string, params: Record<string, unknown>, session: string | null) => void
  /** The session of the visitor's page. */
  page: () => string | null
  /** Its own frame, which Chromium names like the page. */
  mainFrame: () => string | null
  /** The page is asked for, from this host. */
  onPageAsked: (host: string) => void
  /** `leaves`: it was to be the page itself; `left`: and the page before is gone. */
  onRefused: (reason: InternetRefusal, leaves: boolean, left?: boolean) => void
  /** It was to be the page itself, which the visitor has left already. */
  onRefusedLate: (reason: InternetRefusal) => void
  /** `left`: the browser shows an error page in place of the page before. */
  onNoAnswer: (left: boolean) => void
  onArrived: () => void
  /** Calls back as soon as all is heard that the browser said before. */
  afterAll: (then: () => void) => void
}

/** A page that has not begun to come after so long does not answer. */
const answerLimitMs = 20_000

/** Every request of every page and frame, its redirects too, is judged before it leaves; what arrives is judged again. */
export function guardRequests(options: Options) {
  const { policy, tell, page, onRefused } = options
  let waiting: NodeJS.Timeout | null = null
  /** The page that is asked for and has not come yet. */
  let asked: string | null = null
  /** With which the page will arrive that was begun last. */
  let begun: string | null = null
  /** The visitor has gone elsewhere so often, and the browser may still have to say what it said before it heard of that. */
  let leaving = 0

  function stopWaiting(): void {
    if (waiting !== null) clearTimeout(waiting)
    waiting = null
    asked = null
  }

  function judge(params: Record<string, unknown>, session: string): void {
    const { requestId, resourceType, frameId, request } = pausedSchema.parse(params)
    const address = URL.canParse(request.url) ? new URL(request.url) : null
    const isDocument = resourceType === 'Document'
    const isPage = isDocument && session === page() && frameId === options.mainFrame()
    const verdict = decideRequest({ address, kind: isDocument ? 'page' : 'part' }, policy)
    if (verdict.allowed) {
      if (isPage) {
        options.onPageAsked(address?.hostname ?? '')
        stopWaiting()
        asked = request.url
        waiting = setTimeout(() => {
          stopWaiting()
          tell('Page.stopLoading', {}, session)
          options.onNoAnswer(false)
        }, answerLimitMs)
      }
      tell('Fetch.continueRequest', { requestId }, session)
      return
    }
    // Aborted leaves the page where it is; for a part any reason does.
    tell('Fetch.failRequest', { requestId, errorReason: isPage ? 'Aborted' : 'BlockedByClient' }, session)
    if (isPage && leaving === 0) stopWaiting()
    // A page that is refused a hundred of its parts still stands; only what was to be a page is told and counted.
    if (isPage && leaving > 0) options.onRefusedLate(verdict.reason)
    else if (isDocument) onRefused(verdict.reason, isPage)
  }

  function arrived(params: Record<string, unknown>, session: string): void {
    const { frame, type } = navigatedSchema.parse(params)
    const isPage = session === page() && frame.parentId === undefined
    const known = /^(?:https?:|about:(?:blank|srcdoc)|chrome-error:)/.test(frame.url)
    // Told by the page's own process, at times after the next was begun; that one is still to come and tells for itself.
    const kept = type === 'BackForwardCacheRestore'
    if (isPage && known && (leaving > 0 || (begun !== null && begun !== frame.loaderId && !kept))) return
    if (isPage) stopWaiting()
    if (isPage && frame.unreachableUrl !== undefined) {
      // The browser's own word for an address that is nobody's site.
      if (/^https?:/.test(frame.unreachableUrl)) options.onNoAnswer(true)
      else onRefused('scheme', true, true)
      return
    }
    // An empty page stands in place of an address that a page may not ask for, by Chromium's own doing or by ours below.
    if (isPage && frame.url.startsWith('about:blank')) {
      onRefused('scheme', true, true)
      return
    }
    if (known) {
      if (isPage && frame.url.startsWith('http')) options.onArrived()
      return
    }
    // A document that no request was made for (data, blob, javascript): it is taken away again.
    if (!isPage) onRefused('scheme', false)
    tell('Page.navigate', { url: 'about:blank', ...(isPage ? {} : { frameId: frame.id }) }, session)
  }

  function began(params: Record<string, unknown>): void {
    const { frameId, loaderId, navigationType } = startedSchema.parse(params)
    if (frameId === options.mainFrame() && !/samedocument/i.test(navigationType)) begun = loaderId
  }

  return {
    stopWaiting,
    /** For a page that is asked for. */
    isWaiting: () => waiting !== null,
    /** The visitor goes elsewhere: what is still to be heard of the page before stands over no other. */
    leave(): void {
      stopWaiting()
      leaving += 1
      options.afterAll(() => {
        leaving -= 1
      })
    },
    /** @returns whether the event was one of these */
    took(method: string, params: Record<string, unknown>, session: string): boolean {
      if (method === 'Fetch.requestPaused') judge(params, session)
      else if (method === 'Page.frameStartedNavigating') began(params)
      else if (method === 'Fetch.authRequired') {
        // A box for name and password is no page of ours and none of theirs: sites have forms.
        const { requestId } = authSchema.parse(params)
        tell('Fetch.continueWithAuth', { requestId, authChallengeResponse: { response: 'CancelAuth' } }, session)
        onRefused('sign-in-box', false)
      } else if (method === 'Page.frameNavigated') arrived(params, session)
      else if (method === 'Security.certificateError') {
        const { eventId, requestURL } = certificateSchema.parse(params)
        tell('Security.handleCertificateError', { eventId, action: 'cancel' }, session)
        // Of a part alone the page still stands.
        if (requestURL !== asked) return true
        stopWaiting()
        onRefused('certificate', true)
      } else if (method === 'Browser.downloadWillBegin') {
        tell('Browser.cancelDownload', { guid: downloadSchema.parse(params).guid }, null)
        stopWaiting()
        onRefused('download', false)
      } else return false
      return true
    },
  }
}
