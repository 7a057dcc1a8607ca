import { parsed } from './parse-host.ts'

/** 全角 of letters and signs only: NFKC would rewrite Japanese in a path. */
export const toHalfWidth = (text: string) =>
  text.replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replaceAll('　', ' ')

/** Paths of one cell, several by 「・」, 「、」 or a new line; empty: all of the host. */
export function parsePaths(raw: string): { paths: string[]; repaired: string[]; refused: string[] } {
  const repaired: string[] = []
  const refused: string[] = []
  const paths = toHalfWidth(raw)
    .split(/[・･、\s]+/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const read = parsePath(part)
      if ('refused' in read) {
        refused.push(read.refused)
        return []
      }
      if (read.repaired) repaired.push(`「${part}」は「${read.path}」として受け取りました。`)
      return [read.path]
    })
  return { paths: [...new Set(paths)], repaired, refused }
}

function parsePath(part: string): { path: string; repaired: boolean } | { refused: string } {
  if (/^[a-z]+:/i.test(part))
    return { refused: `「${part}」：パスには、ホストより後ろの「/」から始まる部分だけを書いてください。` }
  const whole = part.replace(/\/\*$/, '') || '/'
  if (whole.includes('*'))
    return { refused: `「${part}」：「*」は要りません。「/bus」と書けば、その下のページもすべて入ります。` }
  if (/[?#]/.test(whole))
    return { refused: `「${part}」：「?」や「#」から後ろでは分けられません。その前までを書いてください。` }
  if (/%(?:2e|2f|5c)|\\|(?:^|\/)\.{1,2}(?:\/|$)|\/\//i.test(whole))
    return { refused: `「${part}」：「..」「//」「\\」の入ったパスは書けません。` }
  const path = parsed(`https://path.example${whole.startsWith('/') ? '' : '/'}${whole}`)?.pathname
  if (path === undefined || path.length > 300)
    return { refused: `「${part}」：パスとして読めません（例：/bus）。300文字までです。` }
  // `/bus` and `/bus/` are one place to a clerk.
  const shortest = path.replace(/\/$/, '') || '/'
  return { path: shortest, repaired: whole !== part || !whole.startsWith('/') }
}
