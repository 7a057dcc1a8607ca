import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, relative, resolve } from 'node:path'
import type { LibraryContent, Shelf } from '../../../contract/menus/library.ts'
import type { Notice } from '../../importers/import-report.ts'
import {
  branchHeaders,
  isDrawing,
  planHeaders,
  type ReadPlan,
  readBranches,
  readPlans,
  readShelves,
  shelfHeaders,
} from '../../importers/places/read-library-places.ts'
import { type PlanDrawing, readPlanGeoJson } from '../../importers/places/read-plan-geojson.ts'
import type { TownFolder } from '../../releases/compile/town-folder.ts'
import { decideShelves, type PlacedShelf } from './decide-shelves.ts'

export const branchCsv = 'library/branches.csv'
export const planCsv = 'library/plans.csv'
export const shelfCsv = 'library/shelves.csv'

export type FolderPlan = ReadPlan & { drawing: PlanDrawing | null }
export type Places = { branches: LibraryContent['branches']; plans: FolderPlan[]; shelves: PlacedShelf[] }

/** Branches, plans and shelves as the town's folder has them. @returns null when there is no branch; told and the release refused */
export function readPlaces(town: TownFolder, contentDir: string): Places | null {
  const branchTable = town.table(branchCsv, branchHeaders, 1)
  if (branchTable === null) return null
  const branches = readBranches(branchTable)
  town.tell(branchCsv, branches.notices)
  if (branches.taken.length === 0) {
    town.refuse(branchCsv, '館が読めないので、図書検索を公開できません。')
    return null
  }
  const plans = folderPlans(town, contentDir, branches.taken)
  return { branches: branches.taken, plans, shelves: folderShelves(town, branches.taken, plans) }
}

function folderPlans(town: TownFolder, contentDir: string, branches: LibraryContent['branches']): FolderPlan[] {
  const table = town.has(planCsv) ? town.table(planCsv, planHeaders, 2) : null
  if (table === null) return []
  const { taken, notices } = readPlans(table, branches)
  town.tell(planCsv, notices)
  return taken.flatMap((plan) => {
    if (!isDrawing(plan)) return { ...plan, drawing: null }
    const drawing = folderDrawing(town, contentDir, plan)
    return drawing === null ? [] : { ...plan, drawing }
  })
}

function folderDrawing(town: TownFolder, contentDir: string, plan: FolderPlanFile): PlanDrawing | null {
  const inside = resolve(contentDir, 'library')
  const file = resolve(inside, plan.pictureFile)
  const refuse = (reason: string) => {
    town.tell(planCsv, [{ line: plan.line, column: '画像', value: plan.pictureFile, reason, severity: 'refused' }])
    return null
  }
  if (relative(inside, file).startsWith('..')) return refuse('図は library フォルダーの中のものを書いてください。')
  if (!existsSync(file) || !statSync(file).isFile()) return refuse('図のファイルがありません。')
  const read = readPlanGeoJson(readFileSync(file))
  const path = `library/${basename(file)}`
  if ('refused' in read) {
    const whole: Notice = { line: read.line, column: null, value: null, reason: read.refused, severity: 'refused' }
    town.tell(path, [whole])
    return null
  }
  town.tell(path, read.notices)
  return read.drawing
}
type FolderPlanFile = Pick<ReadPlan, 'pictureFile' | 'line'>

function folderShelves(
  town: TownFolder,
  branches: LibraryContent['branches'],
  plans: readonly FolderPlan[],
): PlacedShelf[] {
  const table = town.has(shelfCsv) ? town.table(shelfCsv, shelfHeaders, 1) : null
  const rows: { taken: Shelf[]; notices: Notice[] } =
    table === null ? { taken: [], notices: [] } : readShelves(table, branches, plans)
  town.tell(shelfCsv, rows.notices)
  const { shelves, notices } = decideShelves(
    rows.taken,
    plans.flatMap(({ id, branch, drawing, pictureFile }) =>
      drawing === null ? [] : { id, branch, file: `library/${pictureFile}`, shelves: drawing.shelves },
    ),
  )
  for (const { file, notice } of notices) town.tell(file, [notice])
  return shelves
}
