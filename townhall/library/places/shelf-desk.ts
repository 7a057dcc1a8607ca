import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { SavedShelf, ShelfChange, ShelfDesk } from '../../../contract/library/shelf-desk.ts'
import type { Notice } from '../../importers/import-report.ts'
import { saysNothing } from '../../importers/parse-date.ts'
import { readShelves, shelfHeaders } from '../../importers/places/read-library-places.ts'
import { readTable } from '../../importers/read-table.ts'
import { compileBytes, compilePicture, type PictureResult } from '../../releases/compile/compile-picture.ts'
import { drawPlan } from '../../releases/compile/draw-plan.ts'
import { townFolder } from '../../releases/compile/town-folder.ts'
import { takeLock } from '../../releases/publish-lock.ts'
import { releaseSteps } from '../../releases/release-steps.ts'
import { clearPlanPictures } from './clear-plan-pictures.ts'
import { editShelfTable } from './edit-shelf-table.ts'
import { type FolderPlan, type Places, planCsv, readPlaces, shelfCsv } from './read-places.ts'

const lockWaitMs = 5_000
const planWidthPx = 1600
export const planPictureAddress = '/plan-picture/library'

type Options = { dataDir: string; contentDir: string | null; nowMs: () => number }

export type Saved =
  | { kind: 'saved'; revision: string }
  | { kind: 'changed' | 'not-taken' | 'not-written'; reason: string }

/**
 * Shelves as the town's folder has them. There is no second truth: what is saved goes into shelves.csv, which `publish` reads.
 * @param contentDir the town's folder; null: this hub knows none
 */
export function createShelfDesk({ dataDir, contentDir, nowMs }: Options) {
  const file = contentDir === null ? null : join(contentDir, shelfCsv)
  const pictures = join(dataDir, 'plan-pictures')

  function look(): { places: Places | null; problems: ShelfDesk['problems']; closed: string | null } {
    if (contentDir === null || !existsSync(join(contentDir, 'library')))
      return { places: null, problems: [], closed: '町の内容のフォルダーに「library」がないので、棚を描けません。' }
    const town = townFolder(contentDir)
    const places = readPlaces(town, contentDir)
    const { problems, refused } = town.report()
    const closed = refused ? '読めない表があるので、保存できません。下の「読めなかったところ」を直してください。' : null
    return { places, problems, closed }
  }

  async function picture(plan: FolderPlan): Promise<PictureResult> {
    if (plan.drawing !== null) return compileBytes(Buffer.from(drawPlan(plan.drawing, true)), pictures, planWidthPx)
    const inside = resolve(contentDir ?? '', 'library')
    const path = resolve(inside, plan.pictureFile)
    if (!path.startsWith(`${inside}/`))
      return { kind: 'refused', reason: '図は library フォルダーの中のものを書いてください。' }
    return compilePicture(path, pictures, planWidthPx)
  }

  return {
    contentDir,
    async view(): Promise<ShelfDesk> {
      // Before the table: a change between the two is noticed when it is saved, not lost.
      const revision = revisionOf(file)
      const { places, problems, closed } = look()
      const plans: ShelfDesk['plans'] = []
      const named = new Set<string>()
      for (const plan of places?.plans ?? []) {
        const made = await picture(plan)
        const { id, branch, name, labelled, pictureFile } = plan
        if (made.kind === 'refused')
          problems.push({
            ...{ file: planCsv, line: plan.line, column: '画像', value: pictureFile },
            ...{ reason: made.reason, severity: 'refused' },
          })
        else {
          named.add(made.key)
          const { full, widthPx, heightPx } = made.picture
          const query = new URLSearchParams({ plan: id, v: sha256(full).slice(0, 16) })
          plans.push({
            ...{ id, branch, name, widthPx, heightPx, file: pictureFile, ...(labelled ? { labelled } : {}) },
            address: `${planPictureAddress}?${query}`,
          })
        }
      }
      // Of a plan that cannot be read at the moment the picture is not known by name.
      if (problems.every(({ severity }) => severity !== 'refused')) clearPlanPictures(pictures, named, nowMs())
      return { revision, closed, branches: places?.branches ?? [], plans, shelves: places?.shelves ?? [], problems }
    },

    /** WebP. @returns null: there is no such plan */
    async planPicture(id: string): Promise<Uint8Array | null> {
      const plan = look().places?.plans.find((one) => one.id === id)
      const made = plan === undefined ? null : await picture(plan)
      return made?.kind === 'picture' ? made.picture.full : null
    },

    /** The file as it is. @returns null: there is none */
    bytes: (): Uint8Array | null => (file === null || !existsSync(file) ? null : readFileSync(file)),

    /** A table from elsewhere, read as ours is. */
    read(bytes: Uint8Array): { shelves: SavedShelf[]; notices: Notice[] } | { refused: string } {
      const { places } = look()
      const table = readTable(bytes, shelfHeaders, 1)
      if ('refused' in table) return table
      const { taken, notices } = readShelves(table, places?.branches ?? [], places?.plans ?? [])
      return { shelves: taken.map((shelf) => (shelf.outline.length > 0 ? shelf : { ...shelf, plan: null })), notices }
    },

    /** All of it or nothing; one after the other, over all processes that share the data. */
    async save(change: ShelfChange): Promise<Saved> {
      const unlock = await takeLock(join(dataDir, 'shelves.lock'), lockWaitMs)
      if (unlock === null)
        return { kind: 'changed', reason: 'ほかの人が保存しているところです。もう一度「保存する」を押してください。' }
      try {
        const { places, closed } = look()
        if (closed !== null || places === null || file === null)
          return { kind: 'not-taken', reason: closed ?? '棚の表が読めません。' }
        const before = existsSync(file) ? readFileSync(file) : null
        if (revisionOf(file) !== change.revision) return { kind: 'changed', reason: 'ほかの人が先に棚を変えました。' }
        const wrong = decideRefusal(change, places)
        if (wrong !== null) return { kind: 'not-taken', reason: wrong }
        const edited = editShelfTable(before, change)
        if ('refused' in edited) return { kind: 'not-taken', reason: edited.refused }
        return write(file, edited.bytes)
      } finally {
        unlock()
      }
    },
  }
}
export type ShelfDeskService = ReturnType<typeof createShelfDesk>

function decideRefusal({ put, remove }: ShelfChange, { branches, plans }: Places): string | null {
  const codes = put.map(({ id }) => id)
  const twice = codes.find((id, at) => codes.indexOf(id) !== at)
  if (twice !== undefined) return `棚コード「${twice}」の棚が2つあります。`
  const both = remove.find((id) => codes.includes(id))
  if (both !== undefined) return `棚コード「${both}」は、消すものにも保存するものにもなっています。`
  for (const { id, branch, plan, name } of put) {
    const nothing = [id, ...Object.values(name)].find((text) => saysNothing(text.normalize('NFKC')))
    if (nothing !== undefined) return `「${nothing}」は、表では「何もない」という意味になるので、名前にできません。`
    if (!branches.some((one) => one.id === branch)) return `棚「${id}」の館「${branch}」は、branches.csv にありません。`
    if (plan !== null && plans.find((one) => one.id === plan)?.branch !== branch)
      return `棚「${id}」の図「${plan}」は、この館の館内図ではありません。`
  }
  return null
}

function write(file: string, bytes: Uint8Array): Saved {
  // Of a link the file behind it: the town may keep its folder elsewhere.
  const target = existsSync(file) ? realpathSync(file) : file
  try {
    const steps = releaseSteps()
    steps.writeFile(target, bytes)
    steps.commitAndSync()
    return { kind: 'saved', revision: sha256(bytes) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOSPC') return { kind: 'not-written', reason: '役場のサーバーのディスクがいっぱいです。' }
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      return {
        kind: 'not-written',
        reason: 'shelves.csv に書きこむ権利が、役場のサーバーにありません。技術担当に知らせてください。',
      }
    throw error
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const revisionOf = (file: string | null) => (file === null || !existsSync(file) ? 'none' : sha256(readFileSync(file)))
