import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import sharp from 'sharp'

const largestFileBytes = 10 * 1024 * 1024
const largestPixels = 60_000_000
/** As wide as a title's page shows it, twice over for a sharp screen. */
const widthPx = 480
/** Raised when the settings change, so that cached results are made anew. */
const recipe = 'cover-1'

export const coverEndings = ['.webp', '.jpg', '.jpeg', '.png']

/**
 * One cover as kiosks take it, which is WebP: one that is WebP already as it stands, of any other kind a file in the cache. A library has
 * thousands, so none is held in memory. @returns the file, or in words why there is none
 */
export async function compileCover(file: string, cacheDir: string): Promise<{ file: string } | { refused: string }> {
  if (statSync(file).size > largestFileBytes) return { refused: '表紙の画像が大きすぎます。10 MB までです。' }
  const bytes = readFileSync(file)
  if (extname(file).toLowerCase() === '.webp') {
    const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
    return isWebp ? { file } : { refused: 'WebP の画像ではありません。' }
  }
  const key = createHash('sha256').update(`${recipe}|`).update(bytes).digest('hex')
  const made = join(cacheDir, `${key}.cover`)
  if (existsSync(made)) return { file: made }
  try {
    const webp = await sharp(bytes, { limitInputPixels: largestPixels, failOn: 'error' })
      .rotate()
      .resize({ width: widthPx, withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer()
    mkdirSync(cacheDir, { recursive: true })
    writeFileSync(`${made}.${process.pid}`, webp)
    renameSync(`${made}.${process.pid}`, made)
    return { file: made }
  } catch {
    return { refused: '画像として読めません。ファイルがこわれているか、画像ではありません。' }
  }
}
