import iconv from 'iconv-lite'

/** Characters that Unicode has twice, and CP932 only under the other number. */
const twins: Record<string, string> = {
  '〜': '～',
  '−': '－',
  '—': '―',
  '‖': '∥',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
  '¥': '￥',
}
/** 下駄: what printers of Japanese set where a character is missing. */
const missing = '〓'

const encode = (text: string) => iconv.encode(text, 'cp932')
const held = (char: string) => char === '?' || encode(char).toString('latin1') !== '?'

/** The text in characters that CP932 has. `lost`: some had none and stand as 〓. */
export function withinCp932(text: string): { text: string; lost: boolean } {
  let lost = false
  const chars = [...text.normalize('NFC')].map((char) => {
    const twin = twins[char] ?? char
    if (held(twin)) return twin
    lost = true
    return missing
  })
  return { text: chars.join(''), lost }
}

export const toCp932 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(encode(text))
