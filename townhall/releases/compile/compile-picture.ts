import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import sharp from 'sharp'

export type CompiledPicture = { full: Uint8Array; thumbnail: Uint8Array; widthPx: number; heightPx: number }
/** `key`: by which it lies in the folder for pictures, as `{key}.full` and the like. */
export type PictureResult =
  | { kind: 'picture'; picture: CompiledPicture; key: string }
  | { kind: 'refused'; reason: string }

const largestFileBytes = 30 * 1024 * 1024
/** A 50-megapixel photograph passes; a bomb does not. */
const largestPixels = 60_000_000
const takes = new Set(['.svg', '.png', '.jpg', '.jpeg', '.webp'])
/** Raised when the settings below change, so that cached results are made anew. */
const recipe = 'webp-2'

// Pictures come one behind the other; sharp's own threads and cache would only grow the process.
sharp.cache(false)
sharp.concurrency(1)

/**
 * One picture of the town as the screens show it: WebP without metadata, at most `widthPx` wide, and a card's size of it.
 * Drawings become pixels here, so that no script in an SVG ever reaches a screen.
 */
export async function compilePicture(file: string, cacheDir: string, widthPx = 1600): Promise<PictureResult> {
  if (!takes.has(extname(file).toLowerCase()))
    return { kind: 'refused', reason: '画像は PNG・JPEG・WebP・SVG のどれかにしてください。' }
  if (!existsSync(file)) return { kind: 'refused', reason: '画像のファイルがありません。' }
  const { size } = statSync(file)
  if (size > largestFileBytes) {
    return { kind: 'refused', reason: `画像が大きすぎます（${Math.round(size / 1_048_576)} MB）。30 MB までです。` }
  }
  return compileBytes(readFileSync(file), cacheDir, widthPx)
}

/** The same for what is no file of its own: the bytes of a picture. */
export async function compileBytes(bytes: Buffer, cacheDir: string, widthPx: number): Promise<PictureResult> {
  const key = createHash('sha256').update(`${recipe}|${widthPx}|`).update(bytes).digest('hex')
  const cached = readCached(cacheDir, key)
  if (cached) return { kind: 'picture', picture: cached, key }
  try {
    const made = await convert(bytes, widthPx)
    if ('refused' in made) return { kind: 'refused', reason: made.refused }
    keep(cacheDir, key, made)
    return { kind: 'picture', picture: made, key }
  } catch {
    return { kind: 'refused', reason: '画像として読めません。ファイルがこわれているか、画像ではありません。' }
  }
}

async function convert(bytes: Buffer, widthPx: number): Promise<CompiledPicture | { refused: string }> {
  const source = sharp(bytes, { limitInputPixels: largestPixels, failOn: 'error' })
  const { width = 0, height = 0, format } = await source.metadata()
  if (width * height > largestPixels) return { refused: `画素が多すぎます（${width}×${height}）。` }
  if (format !== 'svg' && width < 320)
    return { refused: `画像が小さすぎます（幅 ${width} ピクセル）。幅 640 ピクセルより大きいものにしてください。` }
  const upright = source.rotate()
  const full = await upright
    .clone()
    .resize({ width: widthPx, withoutEnlargement: format !== 'svg' })
    .webp({ quality: 82 })
    .toBuffer({ resolveWithObject: true })
  const thumbnail = await upright
    .clone()
    .resize({ width: Math.min(640, widthPx) })
    .webp({ quality: 78 })
    .toBuffer()
  return { full: full.data, thumbnail, widthPx: full.info.width, heightPx: full.info.height }
}

function readCached(cacheDir: string, key: string): CompiledPicture | null {
  const file = (kind: string) => join(cacheDir, `${key}.${kind}`)
  if (!existsSync(file('json'))) return null
  const { widthPx, heightPx }: { widthPx: number; heightPx: number } = JSON.parse(readFileSync(file('json'), 'utf8'))
  return { full: readFileSync(file('full')), thumbnail: readFileSync(file('thumbnail')), widthPx, heightPx }
}

function keep(cacheDir: string, key: string, picture: CompiledPicture): void {
  mkdirSync(cacheDir, { recursive: true })
  const put = (kind: string, content: string | Uint8Array) => {
    const file = join(cacheDir, `${key}.${kind}`)
    writeFileSync(`${file}.${process.pid}`, content)
    renameSync(`${file}.${process.pid}`, file)
  }
  put('full', picture.full)
  put('thumbnail', picture.thumbnail)
  // Last: its being there says that the others are whole.
  put('json', JSON.stringify({ widthPx: picture.widthPx, heightPx: picture.heightPx }))
}
