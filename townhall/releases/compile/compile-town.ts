import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { type AttractContent, attractContentSchema } from '../../../contract/menus/attract.ts'
import { type Picture, type TourismContent, tourismContentSchema } from '../../../contract/menus/tourism.ts'
import type { Notice, Problem } from '../../importers/import-report.ts'
import { eventHeaders, readEvents } from '../../importers/read-events.ts'
import { readSights, sightHeaders } from '../../importers/read-sights.ts'
import { attractHeaders, readSlides } from '../../importers/read-slides.ts'
import { readTable, type TownTable } from '../../importers/read-table.ts'
import type { ReleaseFile } from '../release-file.ts'
import { compilePicture } from './compile-picture.ts'

export type CompiledTown = { files: ReleaseFile[]; problems: Problem[]; refused: boolean }

type Pictured = { pictureFile: string | null; pictureAlt: Picture['alt']; pictureCredit: string | null; line: number }

/**
 * Turns what staff keep (`content/`) into the files of a release; the same content gives the same bytes. A row with a mistake is left
 * out and told; the whole is refused only when a table cannot be read at all or no sight is left to show.
 */
export async function compileTown(options: { contentDir: string; cacheDir: string }): Promise<CompiledTown> {
  const { contentDir, cacheDir } = options
  const problems: Problem[] = []
  const files = new Map<string, ReleaseFile>()
  let refused = false
  const tell = (file: string, notices: readonly Notice[]) => {
    for (const notice of notices) problems.push({ file, ...notice })
  }

  function table(path: string, headers: ReadonlySet<string>): TownTable | null {
    const file = join(contentDir, path)
    const name = join(basename(contentDir), path)
    const read = existsSync(file) ? readTable(readFileSync(file), headers) : { refused: 'ファイルがありません。' }
    if (!('refused' in read)) return read
    tell(name, [{ line: null, column: null, value: null, reason: read.refused, severity: 'refused' }])
    refused = true
    return null
  }

  async function pictures(
    menu: string,
    csv: string,
    pictureDir: string,
    item: Pictured,
    widthPx: number,
  ): Promise<Picture[]> {
    if (item.pictureFile === null) return []
    const inside = resolve(contentDir, pictureDir)
    const file = resolve(inside, item.pictureFile)
    const where = { line: item.line, column: '画像', value: item.pictureFile, severity: 'refused' as const }
    if (relative(inside, file).startsWith('..')) {
      tell(csv, [{ ...where, reason: '画像は pictures フォルダーの中のものを書いてください。' }])
      return []
    }
    const result = await compilePicture(file, cacheDir, widthPx)
    if (result.kind === 'refused') {
      tell(csv, [{ ...where, reason: result.reason }])
      return []
    }
    const name = item.pictureFile
      .replace(/\.[^.]+$/, '')
      .replace(/[^a-zA-Z0-9._-]/g, '-')
      .toLowerCase()
    const { full, thumbnail, heightPx } = result.picture
    files.set(`${menu}/${name}`, { menu, path: `pictures/${name}.webp`, bytes: full })
    files.set(`${menu}/${name}-640`, { menu, path: `pictures/${name}-640.webp`, bytes: thumbnail })
    return [
      {
        blob: hashOf(full),
        thumbnail: hashOf(thumbnail),
        widthPx: result.picture.widthPx,
        heightPx,
        alt: item.pictureAlt,
        ...(item.pictureCredit === null ? {} : { credit: item.pictureCredit }),
      },
    ]
  }

  const tourism: TourismContent = { sights: [], events: [] }
  const sightCsv = 'tourism/tourism.csv'
  const sights = table(sightCsv, sightHeaders)
  if (sights) {
    const { taken, notices } = readSights(sights)
    const csv = join(basename(contentDir), sightCsv)
    tell(csv, notices)
    for (const one of taken)
      tourism.sights.push({ ...one.sight, pictures: await pictures('tourism', csv, 'tourism/pictures', one, 1600) })
    if (tourism.sights.length === 0) {
      tell(csv, [
        {
          line: null,
          column: null,
          value: null,
          reason: '載せられる見どころが一つもありません。',
          severity: 'refused',
        },
      ])
      refused = true
    }
  }
  const eventCsv = 'tourism/event.csv'
  const events = table(eventCsv, eventHeaders)
  if (events) {
    const { taken, notices } = readEvents(events)
    const csv = join(basename(contentDir), eventCsv)
    tell(csv, notices)
    for (const one of taken)
      tourism.events.push({ ...one.event, pictures: await pictures('tourism', csv, 'tourism/pictures', one, 1600) })
  }
  files.set('tourism/content', {
    menu: 'tourism',
    path: 'content.json',
    bytes: jsonBytes(tourismContentSchema.parse(tourism)),
  })

  const attract: AttractContent = { slides: [] }
  const slideCsv = 'attract/attract.csv'
  const slides = table(slideCsv, attractHeaders)
  if (slides) {
    const { taken, notices } = readSlides(slides)
    const csv = join(basename(contentDir), slideCsv)
    tell(csv, notices)
    for (const one of taken) {
      const [picture] = await pictures('attract', csv, 'attract', one, 1920)
      if (picture) attract.slides.push({ ...one.slide, picture })
    }
  }
  files.set('attract/content', {
    menu: 'attract',
    path: 'content.json',
    bytes: jsonBytes(attractContentSchema.parse(attract)),
  })

  return { files: [...files.values()], problems, refused }
}

const jsonBytes = (json: unknown) => Buffer.from(JSON.stringify(json))
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
