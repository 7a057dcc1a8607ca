import { screenHeaders } from '../screen-server/screen-headers.ts'

/**
 * What a strange page may do, whatever it says of itself. Left out, so that no dialog and no window of the browser's can come of it: `allow-modals` (alert,
 * confirm, prompt, print, beforeunload: D3, D10), `allow-pointer-lock` and `allow-presentation` (D11, D20), `allow-downloads` (D5),
 * `allow-top-navigation-to-custom-protocols` (U10 to U12). A second window is asked of us and opened in place of the page.
 */
const sandbox =
  'sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation'

/** The headers of a page or frame with ours beside its own policy, and in place of its own features. */
export function guardedHeaders(headers: Record<string, string[]>): Record<string, string[]> {
  const kept = Object.entries(headers).filter(([name]) => !/^(?:permissions-policy|feature-policy)$/i.test(name))
  const policies = kept.filter(([name]) => isPolicy(name)).flatMap(([, values]) => values)
  return {
    ...Object.fromEntries(kept.filter(([name]) => !isPolicy(name))),
    'content-security-policy': [...policies, sandbox],
    'permissions-policy': [screenHeaders['permissions-policy'] ?? ''],
  }
}

const isPolicy = (name: string) => name.toLowerCase() === 'content-security-policy'
