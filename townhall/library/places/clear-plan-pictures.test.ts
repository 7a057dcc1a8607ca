import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ShelfDesk, shelfDeskSchema } from '../../../contract/library/shelf-desk.ts'
import { type TestHub, testHub } from '../../testing/test-hub.ts'
import { administratorAt, type Browser } from '../../testing/test-staff.ts'
import { planPictureKeptMs } from './clear-plan-pictures.ts'

let town: TestHub
let content: string
let administrator: Browser
beforeEach(async () => {
  content = mkdtempSync(join(tmpdir(), 'plan-pictures-'))
  town = await testHub({ contentDir: content })
  mkdirSync(join(content, 'library'))
  write('branches.csv', '館,名称\n本館,本館\n')
  plans('1階,本館,1階,floor.svg', '2階,本館,2階,upstairs.svg')
  write('upstairs.svg', drawing(500))
  administrator = await administratorAt(town)
})
afterEach(async () => {
  await town.close()
  rmSync(content, { recursive: true, force: true })
})

const write = (name: string, text: string) => writeFileSync(join(content, 'library', name), text)
const plans = (...rows: string[]) => write('plans.csv', ['図,館,名称,画像', ...rows, ''].join('\n'))
const drawing = (height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="${height}"><rect width="800" height="${height}"/></svg>`
async function look(): Promise<ShelfDesk> {
  const answer = await administrator.get('/api/v1/library/shelves')
  expect(answer.status).toBe(200)
  return shelfDeskSchema.parse(answer.json())
}
/** All that is there was made more than a day ago. */
function aDayPasses(): void {
  const at = new Date(town.clock.nowMs() - planPictureKeptMs - 60_000)
  for (const name of kept()) utimesSync(join(folder(), name), at, at)
}
const folder = () => join(town.hub.context.dataDir, 'plan-pictures')
const kept = () => (existsSync(folder()) ? readdirSync(folder()).sort() : [])
/** The files that the desk makes of the plan as it is drawn so. */
async function made(height: number): Promise<string[]> {
  write('floor.svg', drawing(height))
  const before = kept()
  await look()
  return kept().filter((name) => !before.includes(name))
}
describe('pictures of plans at the town hall', () => {
  it('of a plan as it was are cleared a day later; those of every plan as it is stay, however old', async () => {
    const first = await made(400)
    const second = await made(410)
    // Just now: another process may be reading it.
    expect(kept()).toEqual([...first, ...second].sort())
    aDayPasses()
    const seen = await look()
    // Of the two plans at first one is still drawn so.
    expect(kept()).toHaveLength(first.length / 2 + second.length)
    expect(kept()).toEqual(expect.arrayContaining(second))
    const left = kept()
    expect(seen.plans).toHaveLength(2)
    for (const { address } of seen.plans) expect((await administrator.get(address)).status).toBe(200)
    expect(kept()).toEqual(left)
  })

  it.each([
    ['the picture of a plan', () => write('upstairs.svg', 'no picture')],
    ['a line of the table of plans', () => plans('1階,本館,1階,floor.svg', '2階,どこか,2階,upstairs.svg')],
    ['the table of plans', () => write('plans.csv', '<html>503</html>')],
    ['the table of branches', () => write('branches.csv', '<html>503</html>')],
  ])('none is cleared while %s cannot be read: what it names is not known', async (_, spoil) => {
    await made(400)
    const before = kept()
    spoil()
    aDayPasses()
    await look()
    expect(kept()).toEqual(before)
  })
})
