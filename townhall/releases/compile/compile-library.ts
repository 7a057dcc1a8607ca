import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { InternetPolicy } from '../../../contract/internet-policy.ts'
import { libraryRecordSchema } from '../../../contract/library/record.ts'
import { segmentFormat } from '../../../contract/library/segment.ts'
import { type LibraryContent, libraryContentSchema } from '../../../contract/menus/library.ts'
import type { Picture } from '../../../contract/menus/tourism.ts'
import type { Notice } from '../../importers/import-report.ts'
import { parseIsbn } from '../../importers/library/parse-isbn.ts'
import { type ReadCatalogue, readLibraryCsv } from '../../importers/library/read-library-csv.ts'
import { librarySettingHeaders, readLibrarySettings } from '../../importers/read-library-settings.ts'
import type { LibraryFiles } from '../../library/library-files.ts'
import { type FolderPlan, type Places, readPlaces } from '../../library/places/read-places.ts'
import type { OpenGuesser } from '../../library/readings/guesser.ts'
import { createGuesses } from '../../library/readings/guesses.ts'
import { buildSegment } from '../../library/segment/build-segment.ts'
import type { ReleaseFile } from '../release-file.ts'
import { compileCover, coverEndings } from './compile-cover.ts'
import { compileReserve } from './compile-reserve.ts'
import { namedRooms } from './draw-plan.ts'
import type { TownFolder } from './town-folder.ts'

const settingCsv = 'library/settings.csv'
const catalogueCsv = 'library/catalogue.csv'
const coverDir = 'library/covers'
const menu = 'library'

type Compile = {
  town: TownFolder
  contentDir: string
  cacheDir: string
  /** The hub's own catalogue; null: the folder's list is the catalogue. */
  catalogue: LibraryFiles | null
  /** Of 体験インターネット in the same release; null: this town has no such menu. */
  policy: InternetPolicy | null
  pictures: (plan: FolderPlan) => Promise<Picture[]>
  openGuesser: OpenGuesser
}

/** 図書検索: the library's places as staff write them, and its catalogue as search files. @returns null when this town has no such menu */
export async function compileLibrary({
  town,
  contentDir,
  cacheDir,
  catalogue,
  policy,
  pictures,
  openGuesser,
}: Compile): Promise<{ content: LibraryContent; files: ReleaseFile[] } | null> {
  if (!town.has('library')) return null
  const settings = town.table(settingCsv, librarySettingHeaders, 2)
  const places = readPlaces(town, contentDir)
  if (settings === null || places === null) return null
  const set = readLibrarySettings(settings)
  town.tell(settingCsv, set.notices)
  if (set.settings === null) {
    town.refuse(settingCsv, '図書館の名前が読めないので、図書検索を公開できません。')
    return null
  }
  const { branches } = places
  const plans = await compilePlans(places.plans, pictures)
  const shelves = shownShelves(places.shelves, plans)
  const searched = catalogue ?? (await ownCatalogue({ town, contentDir, cacheDir, openGuesser }, branches, shelves))
  if (searched === null) return null
  const segments = await Promise.all(
    searched.segments.map(async ({ file, records }) => ({ blob: await sha256OfFile(file), records })),
  )
  const files = searched.segments.map(
    ({ file }, at): ReleaseFile => ({
      ...{ menu, path: `catalogue/${at}.library`, file },
      ...(segments[at] && { sha256: segments[at].blob }),
    }),
  )
  const covers = await compileCovers(town, contentDir, cacheDir)
  const content = libraryContentSchema.parse({
    name: set.settings.name,
    reserve: compileReserve(set.settings, policy, (notice) => town.tell(settingCsv, [notice])),
    branches,
    shelves,
    plans,
    segments,
    covers: covers.byIsbn,
    asOf: searched.asOf,
  })
  return { content, files: [...files, ...covers.files] }
}

async function compilePlans(folder: Places['plans'], pictures: Compile['pictures']) {
  const plans: LibraryContent['plans'] = []
  for (const plan of folder) {
    const [picture] = await pictures(plan)
    const { id, branch, name, labelled, drawing } = plan
    const rooms = drawing === null ? [] : namedRooms(drawing)
    if (picture)
      plans.push({
        ...{ id, branch, name, picture, ...(labelled ? { labelled } : {}) },
        ...(rooms.length > 0 ? { rooms } : {}),
      })
  }
  return plans
}

/** Where the picture of a plan could not be taken, which is told, its shelves keep their names. */
function shownShelves(shelves: Places['shelves'], plans: LibraryContent['plans']): LibraryContent['shelves'] {
  return shelves.map(({ id, branch, name, plan, outline }) => {
    const there = plans.some((one) => one.id === plan)
    return { id, branch, name, plan: there ? plan : null, outline: there ? outline : [] }
  })
}

/** The folder's list, built anew only when it has changed. */
async function ownCatalogue(
  { town, contentDir, cacheDir, openGuesser }: Pick<Compile, 'town' | 'contentDir' | 'cacheDir' | 'openGuesser'>,
  branches: LibraryContent['branches'],
  shelves: LibraryContent['shelves'],
): Promise<LibraryFiles | null> {
  const path = join(contentDir, catalogueCsv)
  if (!existsSync(path)) {
    town.refuse(catalogueCsv, 'ファイルがありません。')
    return null
  }
  const bytes = readFileSync(path)
  const read = readLibraryCsv(bytes)
  town.tell(catalogueCsv, [...read.notices, ...unknownPlaces(read.places, branches, shelves)])
  if (read.records.length === 0) {
    town.refuse(catalogueCsv, '載せられる本が一冊もありません。')
    return null
  }
  const guesses = createGuesses(await openGuesser())
  const guessed = await guesses.again(read.records, () => null).finally(guesses.close)
  const records = guessed.map((record) => libraryRecordSchema.parse(record))
  mkdirSync(cacheDir, { recursive: true })
  const key = createHash('sha256').update(`${segmentFormat}|`).update(JSON.stringify(records)).digest('hex')
  const file = join(cacheDir, `${key}.library`)
  if (!existsSync(file)) {
    // Two programs may compile at the same time.
    const made = `${file}.${process.pid}`
    await buildSegment({ records, gone: [], file: made })
    renameSync(made, file)
  }
  const asOf = records.reduce((latest, { arrived = '' }) => (arrived > latest ? arrived : latest), '1970-01-01')
  return { segments: [{ file, records: records.length }], asOf }
}

/** Said once for each word, with the first row that has it, not for every book. */
function unknownPlaces(
  places: ReadCatalogue['places'],
  branches: LibraryContent['branches'],
  shelves: LibraryContent['shelves'],
): Notice[] {
  const say = (
    column: string,
    where: string,
    known: ReadonlySet<string>,
    words: ReadonlyMap<string, { line: number; rows: number }>,
  ): Notice[] =>
    [...words].flatMap(([value, { line, rows }]) => {
      if (known.has(value)) return []
      const more = rows > 1 ? `同じ名前の行は、全部で ${rows} 行あります。` : ''
      const reason = `${where} にないので、この名前のまま出します。${more}`
      return [{ line, column, value, reason, severity: 'note' }]
    })
  return [
    ...say('館', 'branches.csv', new Set(branches.map(({ id }) => id)), places.branches),
    ...say('保管場所', 'shelves.csv', new Set(shelves.map(({ id }) => id)), places.shelves),
  ]
}

/** Pictures of covers that the library has, each named by its ISBN, with ten digits or thirteen. */
async function compileCovers(town: TownFolder, contentDir: string, cacheDir: string) {
  const dir = join(contentDir, coverDir)
  const byIsbn: Record<string, string> = {}
  const files: ReleaseFile[] = []
  const say = (name: string, severity: Notice['severity'], reason: string) =>
    town.tell(coverDir, [{ line: null, column: null, value: name, reason, severity }])
  const named = (existsSync(dir) ? readdirSync(dir) : []).filter((name) => !name.startsWith('.')).sort()
  // WebP first: of two for one book it is the one that was meant for here.
  for (const ending of coverEndings)
    for (const name of named.filter((one) => extname(one).toLowerCase() === ending)) {
      const isbn = parseIsbn(basename(name, extname(name)))
      if (isbn === null) say(name, 'note', 'ファイルの名前が ISBN ではないので、使いません。')
      else if (byIsbn[isbn] !== undefined) say(name, 'note', '同じ本の表紙がほかにもあるので、使いません。')
      else {
        const cover = await compileCover(join(dir, name), cacheDir)
        if ('refused' in cover) {
          say(name, 'refused', cover.refused)
          continue
        }
        byIsbn[isbn] = await sha256OfFile(cover.file)
        files.push({ menu, path: `covers/${isbn}.webp`, file: cover.file })
      }
    }
  return { byIsbn, files }
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part)
  return hash.digest('hex')
}
