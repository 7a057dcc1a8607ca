import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { MarcField, ReadMarc } from './marc-fields.ts'

const recordEnd = 0x1d
const fieldEnd = 0x1e
/** MARC 21 leader: length, status … base address, and the entry map that is always 4500. */
const leaderPattern = /\d{5}[\s\S]{5}[\s\S]{2}\d{5}[\s\S]{3}4500/y

/**
 * ISO 2709 record by record. A record begins after the end of another, or where a leader stands whose length is right: so a damaged
 * record takes none of its neighbours with it. Lengths and directories are believed only where the ends of fields agree.
 */
export function* readIso2709(bytes: Uint8Array): Generator<ReadMarc, void, undefined> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let from = 0
  while (from < file.length) {
    // Files put together by hand have line ends between the records.
    while (from < file.length && (file[from] === 0x0a || file[from] === 0x0d || file[from] === 0x20)) from += 1
    if (from >= file.length) return
    const to = endOfRecord(file, from)
    yield readOne(file.subarray(from, to))
    from = to
  }
}

function endOfRecord(file: Buffer, from: number): number {
  if (isWholeAt(file, from)) return from + Number(file.toString('latin1', from, from + 5))
  const end = file.indexOf(recordEnd, from)
  const to = end === -1 ? file.length : end + 1
  // The mark that ended this record may be what was damaged: another whole one can begin before the next mark.
  for (
    let map = file.indexOf('4500', from + 21, 'latin1');
    map !== -1 && map < to;
    map = file.indexOf('4500', map + 1, 'latin1')
  ) {
    if (map - 20 > from && isWholeAt(file, map - 20)) return map - 20
  }
  return to
}

function isWholeAt(file: Buffer, at: number): boolean {
  leaderPattern.lastIndex = 0
  if (!leaderPattern.test(file.toString('latin1', at, at + 24))) return false
  const length = Number(file.toString('latin1', at, at + 5))
  return length > 25 && file[at + length - 1] === recordEnd && file.indexOf(recordEnd, at) === at + length - 1
}

function readOne(bytes: Buffer): ReadMarc {
  const repairs: string[] = []
  const leader = bytes.toString('latin1', 0, 24)
  const refused = (reason: string): ReadMarc => ({
    kind: 'refused',
    reason,
    value: leader.replace(/[^\x20-\x7e]/g, '?'),
  })
  const directoryEnd = bytes.indexOf(fieldEnd)
  if (directoryEnd < 36) return refused('レコードの先頭が壊れています。図書館システムで書き出しなおしてください。')
  if (bytes.at(-1) !== recordEnd) return refused('レコードが途中で切れています。')
  if (bytes.includes(0x1b) && !isUtf8(bytes))
    return refused('MARC-8 の文字コードです。図書館システムで UTF-8 を選んで書き出してください。')
  const entries = (bytes.toString('latin1', 24, directoryEnd).match(/[\s\S]{12}/g) ?? []).map((entry) => ({
    tag: entry.slice(0, 3),
    length: Number(entry.slice(3, 7)),
    start: Number(entry.slice(7, 12)),
  }))
  const base = directoryEnd + 1
  const agrees = entries.every(
    ({ length, start }) =>
      length > 0 &&
      bytes[base + start + length - 1] === fieldEnd &&
      bytes.indexOf(fieldEnd, base + start) === base + start + length - 1,
  )
  const parts = splitAt(bytes.subarray(base, bytes.length - 1))
  if (!agrees && parts.length !== entries.length)
    return refused('レコードの目次と中身が合いません。図書館システムで書き出しなおしてください。')
  if (!agrees || Number(leader.slice(0, 5)) !== bytes.length)
    repairs.push('長さや位置の数字が合わないので、区切りの印で読みました。')
  const fields: MarcField[] = []
  for (const [at, { tag, start, length }] of entries.entries()) {
    const part = agrees ? bytes.subarray(base + start, base + start + length - 1) : (parts[at] ?? Buffer.alloc(0))
    if (!/^[0-9A-Z]{3}$/i.test(tag)) return refused('フィールドの番号が壊れています。')
    fields.push(fieldOf(tag, decode(part, repairs)))
  }
  return { kind: 'record', record: { leader, fields }, repairs: [...new Set(repairs)] }
}

function splitAt(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(fieldEnd, from)
    parts.push(bytes.subarray(from, end === -1 ? bytes.length : end))
    from = end === -1 ? bytes.length : end + 1
  }
  return parts
}

function decode(bytes: Buffer, repairs: string[]): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const text = iconv.decode(bytes, 'cp932')
  if (!text.includes('\uFFFD')) {
    repairs.push('Shift_JIS で書かれた項目を読み替えました。')
    return text
  }
  return bytes.toString('utf8')
}

function fieldOf(tag: string, text: string): MarcField {
  if (tag.startsWith('00')) return { tag, text, subfields: [] }
  const subfields = text
    .split('\u001f')
    .slice(1)
    .map((part) => [part.slice(0, 1), part.slice(1)] as const)
  return { tag, text, subfields }
}
