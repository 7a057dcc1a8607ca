import { isUtf8 } from 'node:buffer'
import { decodeText } from '../decode-text.ts'
import { decodePiece } from './decode-piece.ts'

export type RowOfCells = { line: number; cells: string[]; repaired?: string }
type Line = { text: string; line: number; mixed: boolean }

/** Lines of a cell that a quotation mark which never ends may swallow before it is taken for a letter. */
const mostLinesOfCell = 200
const blockBytes = 1_048_576

/**
 * A CSV or TSV of any length, row by row: never the whole text at once, and never refused for one row. A file of both encodings is
 * decoded line by line; a quotation mark without its other half costs its own row only.
 */
export function* readRows(bytes: Uint8Array): Generator<RowOfCells, void, undefined> {
  const file = inSingleBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const lines = readLines(file)
  const waiting: Line[] = []
  const next = (): Line | null => {
    const kept = waiting.shift()
    if (kept) return kept
    const read = lines.next()
    return read.done ? null : read.value
  }
  let delimiter: ',' | '\t' | null = null
  for (let first = next(); first !== null; first = next()) {
    if (first.text.trim() === '') continue
    delimiter ??= first.text.includes('\t') && !first.text.includes(',') ? '\t' : ','
    let row = splitCells(first.text, delimiter)
    let repaired = first.mixed ? 'Shift_JIS で書かれた行を読み替えました。' : undefined
    if (row === null) {
      const taken: Line[] = []
      const texts = [first.text]
      while (row === null && taken.length < mostLinesOfCell) {
        const line = next()
        if (line === null) break
        taken.push(line)
        texts.push(line.text)
        // Only a line with a mark in it can end the cell.
        if (line.text.includes('"')) row = splitCells(texts.join('\n'), delimiter, true)
      }
      if (row === null) {
        waiting.unshift(...taken)
        row = first.text.split(delimiter).map((cell) => cell.replaceAll('"', ''))
        repaired = '閉じていない引用符（"）がありました。この行だけで読みました。'
      }
    }
    yield { line: first.line, cells: row, ...(repaired === undefined ? {} : { repaired }) }
  }
}

/** UTF-16 becomes UTF-8; the other two stay as they are, for in both a line end is one byte that is part of no other letter. */
function inSingleBytes(bytes: Buffer): Buffer {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    const decoded = decodeText(bytes)
    return 'text' in decoded ? Buffer.from(decoded.text.replace(/^\uFEFF/, '')) : Buffer.alloc(0)
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function* readLines(bytes: Buffer): Generator<Line, void, undefined> {
  const lineEnd = bytes.includes(0x0a) ? 0x0a : 0x0d
  let line = 1
  // The first foreign line tells nothing of a file that is Shift_JIS throughout.
  const utf8 = isUtf8(bytes.subarray(0, bytes.indexOf(lineEnd) + 1 || bytes.length))
  for (let from = 0; from < bytes.length; ) {
    let to = bytes.indexOf(lineEnd, Math.min(bytes.length, from + blockBytes))
    to = to === -1 ? bytes.length : to + 1
    const block = bytes.subarray(from, to)
    from = to
    const whole = isUtf8(block)
    const texts = whole ? block.toString('utf8').split(lineEnd === 0x0a ? '\n' : '\r') : decodedLines(block, lineEnd)
    // After the line end that ends the block there is no line.
    if (block.at(-1) === lineEnd) texts.pop()
    for (const one of texts) {
      const text = typeof one === 'string' ? one : one.text
      yield {
        text: text.endsWith('\r') ? text.slice(0, -1) : text,
        line: line++,
        mixed: typeof one !== 'string' && utf8,
      }
    }
  }
}

function decodedLines(block: Buffer, lineEnd: number): (string | { text: string })[] {
  const lines: (string | { text: string })[] = []
  for (let from = 0; from <= block.length; ) {
    const at = block.indexOf(lineEnd, from)
    const line = block.subarray(from, at === -1 ? block.length : at)
    const { text, utf8 } = decodePiece(line)
    lines.push(utf8 ? text : { text })
    if (at === -1) break
    from = at + 1
  }
  return lines
}

/** @returns null when a quoted cell does not end in this text (RFC 4180, 2.5–2.7), or over lines ends where no cell ends: that mark was the start of another */
function splitCells(text: string, delimiter: string, overLines = false): string[] | null {
  if (!text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  for (let at = 0; ; ) {
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1)
      while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
      if (end === -1) return null
      const stop = text.indexOf(delimiter, end)
      if (overLines && (stop === -1 ? text.length : stop) !== end + 1) return null
      // Letters after the closing mark belong to the cell too: 「"題"(上)」.
      cells.push(text.slice(at + 1, end).replaceAll('""', '"') + text.slice(end + 1, stop === -1 ? text.length : stop))
      if (stop === -1) return cells
      at = stop + 1
    } else {
      const stop = text.indexOf(delimiter, at)
      cells.push(text.slice(at, stop === -1 ? text.length : stop))
      if (stop === -1) return cells
      at = stop + 1
    }
  }
}
