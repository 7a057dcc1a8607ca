import iconv from 'iconv-lite'

export type Decoded = { text: string; encoding: 'utf-8' | 'utf-16' | 'cp932' } | { refused: string }

/** Text of a file that a town office saved: UTF-8 with or without BOM, UTF-16, or CP932 (Shift_JIS as Windows writes it). */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { refused: 'ファイルが空です。' }
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: iconv.decode(Buffer.from(bytes), 'utf16le'), encoding: 'utf-16' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: iconv.decode(Buffer.from(bytes), 'utf16be'), encoding: 'utf-16' }
  const foreign = foreignFile(bytes)
  if (foreign !== null) return { refused: foreign }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    // Not UTF-8: what is left of the usual is CP932.
  }
  const text = iconv.decode(Buffer.from(bytes), 'cp932')
  const unreadable = [...text.slice(0, 20_000)].filter((char) => char === '\uFFFD').length
  if (unreadable > 0 || bytes.subarray(0, 1_000).includes(0)) {
    return { refused: '文字を読み取れません。文字コードを UTF-8 か Shift_JIS にして保存してください。' }
  }
  return { text, encoding: 'cp932' }
}

const excel = 'Excel のファイルです。「名前を付けて保存」で「CSV UTF-8」にしてから、お渡しください。'
/** How files begin that somebody may take for a table, whatever their name ends in. */
const foreignFiles: readonly [beginsWith: readonly number[], said: string][] = [
  [[0x50, 0x4b], excel],
  [[0xd0, 0xcf, 0x11, 0xe0], excel],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'PDF のファイルです。表（CSV）として書き出してから、お渡しください。'],
  [[0x1f, 0x8b], '圧縮されたファイルです。開いて（展開して）から、お渡しください。'],
]

/** @returns in words what it is, if it is no text at all */
export function foreignFile(bytes: Uint8Array): string | null {
  return foreignFiles.find(([begin]) => begin.every((byte, at) => bytes[at] === byte))?.[1] ?? null
}
