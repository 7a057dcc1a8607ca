import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** One line, or what stands between two marks, of a file put together of both encodings: the one in which more of it can be read. A character cut off at its end makes no other encoding. */
export function decodePiece(bytes: Buffer): { text: string; utf8: boolean } {
  const text = bytes.toString('utf8')
  if (isUtf8(bytes)) return { text, utf8: true }
  const other = iconv.decode(bytes, 'cp932')
  return unreadable(other) < unreadable(text) ? { text: other, utf8: false } : { text, utf8: true }
}

const unreadable = (text: string) => text.split('\uFFFD').length
