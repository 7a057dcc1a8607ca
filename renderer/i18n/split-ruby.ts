export type RubyPart = { text: string; reading: string | null }

const kanji = /[\p{Script=Han}々〆ヶ]+/gu
const toHiragana = (text: string) =>
  text.normalize('NFKC').replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
const bare = (text: string) => toHiragana(text).replace(/[\s・、。()（）「」:：!！?？-]/g, '')
const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The reading laid over the kanji alone; where it cannot be told apart, over the whole. */
export function splitRuby(name: string, reading: string): RubyPart[] {
  const parts: RubyPart[] = []
  let at = 0
  for (const match of name.matchAll(kanji)) {
    if (match.index > at) parts.push({ text: name.slice(at, match.index), reading: null })
    parts.push({ text: match[0], reading: '' })
    at = match.index + match[0].length
  }
  if (at < name.length) parts.push({ text: name.slice(at), reading: null })
  // Every kanji is at least one kana; what is kana already must be found as it stands.
  const pattern = parts
    .map((part) => (part.reading === null ? quoted(bare(part.text)) : `(.{${part.text.length},}?)`))
    .join('')
  const found = new RegExp(`^${pattern}$`).exec(bare(reading))
  if (!found) return [{ text: name, reading }]
  let group = 0
  return parts.map((part) => (part.reading === null ? part : { text: part.text, reading: found[++group] ?? null }))
}
