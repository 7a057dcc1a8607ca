import type { LibraryContent, Shelf } from '../../../contract/menus/library.ts'
import type { Notice } from '../import-report.ts'
import type { TownTable } from '../read-table.ts'
import { type Columns, knownHeaders, lackingColumns, type RowReader, rowReader } from '../row-reader.ts'
import { nameColumns, readName } from './place-names.ts'

/** Our own tables of the library itself. 館 and 棚 are the words of the catalogue's columns 館 and 保管場所. */
const branchColumns = { id: ['館'], ...nameColumns } as const satisfies Columns
const planColumns = {
  id: ['図'],
  branch: ['館'],
  ...nameColumns,
  picture: ['画像'],
  alt: ['画像_説明'],
  altEn: ['画像_説明_英語'],
  labels: ['棚の名前'],
} as const satisfies Columns
export const shelfColumns = {
  id: ['棚'],
  branch: ['館'],
  ...nameColumns,
  plan: ['図'],
  outline: ['位置'],
} as const satisfies Columns

export const branchHeaders = knownHeaders(branchColumns)
export const planHeaders = knownHeaders(planColumns)
export const shelfHeaders = knownHeaders(shelfColumns)

type Branch = LibraryContent['branches'][number]
export type ReadPlan = Omit<LibraryContent['plans'][number], 'picture'> & {
  pictureFile: string
  pictureAlt: Branch['name']
  pictureCredit: null
  line: number
}
export const isDrawing = ({ pictureFile }: Pick<ReadPlan, 'pictureFile'>) => /\.(?:geo)?json$/i.test(pictureFile)

function readRows<C extends Columns, T extends { id: string }>(
  table: TownTable,
  columns: C,
  required: readonly (keyof C & string)[],
  read: (row: RowReader<C>, line: number) => T | null,
): { taken: T[]; notices: Notice[] } {
  const lacking = lackingColumns(table, columns, required)
  if (lacking.length > 0) return { taken: [], notices: lacking }
  const taken: T[] = []
  const notices: Notice[] = []
  for (const tableRow of table.rows) {
    const row = rowReader(tableRow, columns)
    const one = read(row, tableRow.line)
    if (one !== null && taken.some(({ id }) => id === one.id))
      row.say(required[0] ?? 'id', 'refused', '同じ名前の行が、前にもあります。')
    notices.push(...row.notices())
    if (one !== null && !row.refused()) taken.push(one)
  }
  return { taken, notices }
}

export function readBranches(table: TownTable): { taken: Branch[]; notices: Notice[] } {
  return readRows(table, branchColumns, ['id'], (row) => {
    const id = row.required('id')
    return id === null ? null : { id, name: readName(row, id) }
  })
}

export function readPlans(table: TownTable, branches: readonly Branch[]): { taken: ReadPlan[]; notices: Notice[] } {
  return readRows(table, planColumns, ['id', 'picture'], (row, line) => {
    const id = row.required('id')
    const pictureFile = row.required('picture')
    const branch = knownBranch(row, branches)
    if (id === null || pictureFile === null || branch === null) return null
    const name = readName(row, id)
    // A drawing of ours shows no words; a picture has them where whoever drew it wrote them.
    const labelled =
      isDrawing({ pictureFile }) || /^(?:1|○|◯|はい|yes|true)$/i.test(row.raw('labels').normalize('NFKC'))
    return {
      id,
      branch,
      name,
      ...(labelled ? { labelled } : {}),
      pictureFile,
      pictureAlt: row.localized('alt', 'altEn') ?? name,
      pictureCredit: null,
      line,
    }
  })
}

export function readShelves(
  table: TownTable,
  branches: readonly Branch[],
  plans: readonly { id: string }[],
): { taken: Shelf[]; notices: Notice[] } {
  return readRows(table, shelfColumns, ['id'], (row) => {
    const id = row.required('id')
    const branch = knownBranch(row, branches)
    if (id === null || branch === null) return null
    const plan = row.text('plan')
    const drawn = plan !== null && plans.some((one) => one.id === plan)
    if (plan !== null && !drawn) row.say('plan', 'note', 'この図はありません。棚の場所は出ません。')
    const outline = drawn ? readOutline(row) : []
    const name = readName(row, id)
    return { id, branch, name, plan: drawn ? plan : null, outline }
  })
}

/** With a single branch nobody writes which. */
function knownBranch(
  row: {
    text(column: 'branch'): string | null
    say(column: 'branch', severity: 'refused', reason: string, value: string | null): void
  },
  branches: readonly Branch[],
): string | null {
  const word = row.text('branch')
  const only = branches.length === 1 ? branches[0] : undefined
  const found = word === null ? only : branches.find(({ id }) => id === word)
  if (found === undefined) row.say('branch', 'refused', '「館」は branches.csv にある館を書いてください。', word)
  return found?.id ?? null
}

/** 「10,20 30,20 30,40 10,40」: corners, from the left and from the top, in parts of a hundred of the plan. */
function readOutline(row: RowReader<typeof shelfColumns>): Shelf['outline'] {
  const text = row.text('outline')?.normalize('NFKC')
  if (text === undefined) return []
  const points = text.split(/[\s;]+/).map((point) => point.split(',').map(Number))
  const right = points.every(
    ([x = Number.NaN, y = Number.NaN, ...more]) => more.length === 0 && x >= 0 && x <= 100 && y >= 0 && y <= 100,
  )
  if (!right || points.length < 3 || points.length > 60) {
    row.say(
      'outline',
      'note',
      '位置は「10,20 30,20 30,40 10,40」のように、左からと上からの割合（0〜100）で書いてください。',
    )
    return []
  }
  const part = (percent: number) => Number((percent / 100).toFixed(6))
  return points.map(([x = 0, y = 0]): [number, number] => [part(x), part(y)])
}
/** An outline as its cell says it: parts of a hundred with at most two decimals. */
export const outlineCell = (outline: Shelf['outline']): string =>
  outline.map((point) => point.map((part) => Number((part * 100).toFixed(2))).join(',')).join(' ')
