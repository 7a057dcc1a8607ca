const control = /[\p{Cc}\u00AD\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]+/gu

export type Cleaned = { text: string; repairs: string[] }

/**
 * One line of text as a record may hold it: NFC, no control characters, no half of a surrogate pair, single spaces, at most `most`
 * UTF-16 units. What had to be done is told in words.
 */
export function cleanText(raw: string, most: number): Cleaned {
  const repairs: string[] = []
  // One field may be megabytes; what is never shown need not be cleaned.
  let text = raw.length > most * 8 ? raw.slice(0, most * 8) : raw
  const cut = text.length < raw.length
  if (!text.isWellFormed()) {
    text = text.toWellFormed()
    repairs.push('壊れた文字がありました。')
  }
  text = text.replace(/[\t\r\n]+/g, ' ')
  const plain = text.replace(control, '')
  if (plain !== text) repairs.push('目に見えない制御文字を取り除きました。')
  text = plain
    .normalize('NFC')
    .replace(/[ \u3000]+/g, (spaces) => (spaces.includes('\u3000') ? '\u3000' : ' '))
    .trim()
  if (cut || text.length > most) {
    repairs.push(`長すぎるので、${most}字で切りました。`)
    text = text
      .slice(0, most)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trim()
  }
  if (text.includes('〓')) repairs.push('「〓」の字は、元のシステムで表せなかった字です。')
  else if (text.includes('\uFFFD')) repairs.push('読み取れない字があります。')
  return { text, repairs }
}
