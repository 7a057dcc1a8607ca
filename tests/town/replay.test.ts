import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { buildRelease0, release0Dir } from '../../build/release0.ts'
import { countedMenuIds } from '../../contract/menu-ids.ts'
import { faultKinds } from '../replay/plan.ts'
import { replay } from '../replay/replay.ts'

const configDir = join(import.meta.dirname, '..', '..', 'kiosk-config')
const configFiles = readdirSync(configDir)
  .sort()
  .map((name) => join(configDir, name))

beforeAll(() => buildRelease0(() => undefined))

it('plays a small table through three kiosks with every kind of fault, and the report equals it cell by cell', async () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  console.error(`replay seed ${seed}`)
  const table = [2002, 2003].flatMap((fiscalYear) =>
    countedMenuIds.map((menu, index) => ({ menu, fiscal_year: fiscalYear, count: 60 + index * 17 })),
  )
  const result = await replay({
    table,
    kiosks: 3,
    faults: 24,
    seed,
    release0Dir,
    configFiles,
    progress: () => undefined,
  })
  expect(result, `seed ${seed}`).toMatchObject({ lost: 0, duplicated: 0, exact: true })
  expect(result.perCell.map((cell) => cell.reported)).toEqual(table.map((cell) => cell.count))
  expect(Object.keys(result.faults).sort(), `seed ${seed}`).toEqual([...faultKinds].sort())
})
