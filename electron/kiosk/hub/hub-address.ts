import { KioskError } from '../../../contract/error-codes.ts'

/** Plain HTTP is for the hub on the same machine only. Returns the origin, without a path. */
export function readHubUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new KioskError('bad-arguments', `hub address is not an http(s) URL: ${text.slice(0, 200)}`)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new KioskError('bad-arguments', `beyond this machine the hub must be spoken to by https: ${url.origin}`)
  }
  return url.origin
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
