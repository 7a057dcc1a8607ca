import { createHash } from 'node:crypto'
import { relative, resolve } from 'node:path'
import { type AttractContent, attractContentSchema } from '../../../contract/menus/attract.ts'
import { type Picture, type TourismContent, tourismContentSchema } from '../../../contract/menus/tourism.ts'
import type { Problem } from '../../importers/import-report.ts'
import { eventHeaders, readEvents } from '../../importers/read-events.ts'
import { readSights, sightHeaders } from '../../importers/read-sights.ts'
import { attractHeaders, readSlides } from '../../importers/read-slides.ts'
import type { LibraryFiles } from '../../library/library-files.ts'
import { noGuesser, type OpenGuesser } from '../../library/readings/guesser.ts'
import type { ReleaseFile } from '../release-file.ts'
import { compileInternet } from './compile-internet.ts'
import { compileLibrary } from './compile-library.ts'
import { compileBytes, compilePicture } from './compile-picture.ts'
import { drawPlan } from './draw-plan.ts'
import { townFolder } from './town-folder.ts'

export type CompiledTown = { files: ReleaseFile[]; problems: Problem[]; refused: boolean }

type Pictured = {
  pictureFile: string | null
  pictureAlt: Picture['alt']
  pictureCredit: string | null
  line: number
  /** An SVG that we drew after the file. */
  drawn?: string
}

/**
 * Turns what staff keep (`content/`) into the files of a release; the same content gives the same bytes. A row with a mistake is left
 * out and told; the whole is refused only when a table cannot be read at all, no sight is left to show, or the rules of 体験インターネット have a mistake.
 */
export async function compileTown(options: {
  contentDir: string
  cacheDir: string
  /** The hub's own catalogue of the library, if it has one. */
  catalogue?: LibraryFiles | null
  /** For the readings of the folder's own list. */
  openGuesser?: OpenGuesser
}): Promise<CompiledTown> {
  const { contentDir, cacheDir } = options
  const town = townFolder(contentDir)
  const { table, tell } = town
  const files = new Map<string, ReleaseFile>()

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
    const result =
      item.drawn === undefined
        ? await compilePicture(file, cacheDir, widthPx)
        : await compileBytes(Buffer.from(item.drawn), cacheDir, widthPx)
    if (result.kind === 'refused') {
      tell(csv, [{ ...where, reason: result.reason }])
      return []
    }
    const { full, thumbnail, heightPx } = result.picture
    const name = freeName(menu, item.pictureFile, full)
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

  /** Names in Japanese are alike once they are plain letters: the second picture of a name carries its hash. */
  function freeName(menu: string, pictureFile: string, bytes: Uint8Array): string {
    const name = pictureFile
      .replace(/\.[^.]+$/, '')
      .replace(/[^a-zA-Z0-9._-]/g, '-')
      .toLowerCase()
    const there = files.get(`${menu}/${name}`)
    const taken = there !== undefined && !('bytes' in there && hashOf(there.bytes) === hashOf(bytes))
    return taken ? `${name}-${hashOf(bytes).slice(0, 12)}` : name
  }

  const tourism: TourismContent = { sights: [], events: [] }
  const sightCsv = 'tourism/tourism.csv'
  const sights = table(sightCsv, sightHeaders)
  if (sights) {
    const { taken, notices } = readSights(sights)
    tell(sightCsv, notices)
    for (const one of taken)
      tourism.sights.push({
        ...one.sight,
        pictures: await pictures('tourism', sightCsv, 'tourism/pictures', one, 1600),
      })
    if (tourism.sights.length === 0) town.refuse(sightCsv, '載せられる見どころが一つもありません。')
  }
  const eventCsv = 'tourism/event.csv'
  const events = table(eventCsv, eventHeaders)
  if (events) {
    const { taken, notices } = readEvents(events)
    tell(eventCsv, notices)
    for (const one of taken)
      tourism.events.push({
        ...one.event,
        pictures: await pictures('tourism', eventCsv, 'tourism/pictures', one, 1600),
      })
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
    tell(slideCsv, notices)
    for (const one of taken) {
      const [picture] = await pictures('attract', slideCsv, 'attract', one, 1920)
      if (picture) attract.slides.push({ ...one.slide, picture })
    }
  }
  files.set('attract/content', {
    menu: 'attract',
    path: 'content.json',
    bytes: jsonBytes(attractContentSchema.parse(attract)),
  })

  const internet = compileInternet(town)
  if (internet) files.set('internet/content', { menu: 'internet', path: 'content.json', bytes: jsonBytes(internet) })

  const library = await compileLibrary({
    ...{ town, contentDir, cacheDir, catalogue: options.catalogue ?? null, policy: internet?.policy ?? null },
    openGuesser: options.openGuesser ?? noGuesser,
    pictures: ({ drawing, ...plan }) =>
      pictures(
        ...(['library', 'library/plans.csv', 'library'] as const),
        { ...plan, ...(drawing === null ? {} : { drawn: drawPlan(drawing, false) }) },
        1920,
      ),
  })
  if (library) {
    for (const file of library.files) files.set(`library/${file.path}`, file)
    files.set('library/content', { menu: 'library', path: 'content.json', bytes: jsonBytes(library.content) })
  }

  return { files: [...files.values()], ...town.report() }
}

const jsonBytes = (json: unknown) => Buffer.from(JSON.stringify(json))
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
