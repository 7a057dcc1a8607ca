import { decideName, type InternetPolicy, internetPolicySchema } from '../../contract/internet-policy.ts'

export type ReadHost = {
  /** As the policy writes it: lower case, punycode, with `*.` when all below it is meant. */
  host: string
  /** Of a pasted address that went beyond the host; null otherwise. */
  path: string | null
  repaired: string | null
}

const none: InternetPolicy = { mode: 'listed', pages: [], parts: [], denied: [], filter: null }
const anyName: InternetPolicy = { ...none, mode: 'filtered' }
/** Below these anybody may have a name: `*.co.jp` would open every company. `lg.jp` and `go.jp` are offices only. */
const tooWide = /^(?:co|or|ne|gr|ac|ad|ed)\.jp$/

/** A host as a clerk writes or pastes it: `www.memuro.net`, `*.memuro.net`, a whole address, Japanese, 全角. */
export function parseHost(raw: string): ReadHost | { refused: string } {
  const text = raw.normalize('NFKC').trim()
  if (/[\s・、,]/.test(text)) return { refused: 'ホストは1行に1つずつ書いてください。' }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)
  const protocol = scheme?.[1]?.toLowerCase() ?? 'https'
  if (protocol !== 'http' && protocol !== 'https')
    return { refused: 'ホストの名前だけを書いてください（例：www.memuro.net）。開けるのは http と https だけです。' }
  const rest = text.slice(scheme?.[0].length ?? 0)
  const wild = rest.startsWith('*.')
  const name = wild ? rest.slice(2) : rest
  if (/^\*?(?:[/?#]|$)/.test(name))
    return {
      refused: '「*」だけでは、どこでも開けてしまいます。「*.example.jp」のように、町が選んだ名前を書いてください。',
    }
  if (name.includes('*') && name.indexOf('*') < hostLength(name))
    return { refused: '「*」は「*.example.jp」のように、先頭に一度だけ書けます（example.jp と、その下の名前すべて）。' }
  const url = parsed(`${protocol}://${name}`)
  if (url === null) return { refused: 'ホストの名前として読めません（例：www.memuro.net）。' }
  const refused = whyNot(url, wild)
  if (refused !== null) return { refused }
  const host = `${wild ? '*.' : ''}${url.hostname}`
  const path = url.pathname === '/' ? null : url.pathname
  const taken = path === null ? `ホスト「${host}」` : `ホスト「${host}」、パス「${path}」`
  return { host, path, repaired: host === raw.trim() ? null : `${taken}として受け取りました。` }
}

function whyNot(url: URL, wild: boolean): string | null {
  if (url.username !== '' || url.password !== '')
    return '「@」の入ったアドレスは書けません。ホストの名前だけを書いてください。'
  if (wild && (!url.hostname.includes('.') || tooWide.test(url.hostname)))
    return `「*.${url.hostname}」では範囲が広すぎます。町が選んだ名前まで書いてください（例：*.memuro.net）。`
  const odd = decideName(url.hostname, anyName)
  if (odd === 'private-address')
    return '番号（IPアドレス）、この端末や役場の中の名前（localhost など）は書けません。外のサイトの名前を書いてください。'
  if (url.port !== '') return `決まったポート以外（:${url.port}）は開けません。ポートのないアドレスを書いてください。`
  if (odd !== null || !internetPolicySchema.safeParse({ ...none, parts: [url.hostname] }).success)
    return 'ホストの名前として読めません（例：www.memuro.net）。使えるのは英字・数字・ハイフンと、日本語の名前です。'
  return null
}

const hostLength = (name: string) => /[/?#]/.exec(name)?.index ?? name.length

export function parsed(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null
}
