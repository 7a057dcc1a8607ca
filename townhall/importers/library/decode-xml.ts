import { isUtf8 } from 'node:buffer'
import { type Decoded, decodeText } from '../decode-text.ts'
import { decodePiece } from './decode-piece.ts'

const angle = 0x3c
const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["'](?:shift_jis|sjis|cp932|windows-31j|ms_kanji)["']/i

/**
 * Text of a file of XML. Where it is put together of both encodings, each piece up to the next `<` is read by its own, so that one record
 * in Shift_JIS spoils no other: no character of Shift_JIS has that byte as its second.
 */
export function decodeXml(bytes: Uint8Array): Decoded {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const marked = (file[0] === 0xff && file[1] === 0xfe) || (file[0] === 0xfe && file[1] === 0xff)
  if (marked || isUtf8(file) || declared.test(file.toString('latin1', 0, 200))) return decodeText(bytes)
  const pieces: string[] = []
  for (let from = 0; from < file.length; ) {
    const next = file.indexOf(angle, from + 1)
    const piece = file.subarray(from, next === -1 ? file.length : next)
    pieces.push(decodePiece(piece).text)
    from += piece.length
  }
  return { text: pieces.join(''), encoding: 'utf-8' }
}
