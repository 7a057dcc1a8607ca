import { usageError } from '../command.ts'

/** An address as it is typed. It is kept, shown and logged as it stands: so no password may be in it. */
export function webAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw usageError('アドレスは https:// か http:// で始まります。')
  if (url.username !== '' || url.password !== '')
    throw usageError('アドレスに利用者名やパスワードを書かないでください。書いたものは保存していません。')
  return url
}
