import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../../townhall/database/open-database.ts'
import { createCatalogueRepository } from '../../townhall/library/catalogue-repository.ts'
import { seededRandom } from '../replay/seeded-random.ts'

const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))
const titles = 20_000
const importing = join(import.meta.dirname, 'import-kill-process.ts')

const dirs: string[] = []
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

/** What readers see, and whether it is counted as it is. */
async function seen(dataDir: string) {
  const { db } = await openDatabase({ dataDir })
  try {
    const catalogue = createCatalogueRepository(db)
    const [generations, branches, ids] = [new Set<string>(), new Map<string, number>(), new Set<string>()]
    for await (const { id, record } of catalogue.all(await catalogue.revision())) {
      ids.add(id)
      generations.add(/^第(\d+)版/.exec(record.title)?.[1] ?? record.title)
      for (const { branch } of record.holdings) branches.set(branch, (branches.get(branch) ?? 0) + 1)
    }
    const counted = await catalogue.tally()
    return {
      titles: ids.size,
      generations: [...generations],
      total: await catalogue.total(),
      countedWell: [...counted.branches].every(([word, { copies }]) => branches.get(word) === copies),
      rows: (await db.selectFrom('library_titles').select('id').execute()).length,
    }
  } finally {
    await db.destroy()
  }
}

it(`a list with every title changed that is killed at any point leaves the old catalogue whole or the new one (seed ${seed})`, async () => {
  const random = seededRandom(seed)
  const dir = mkdtempSync(join(tmpdir(), 'import-kill-'))
  dirs.push(dir)
  const dataDir = join(dir, 'data')
  const begin = (generation: number) => {
    const args = [...process.execArgv, importing, dataDir, String(titles), String(generation)]
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    return { child, ended: new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code))) }
  }
  expect(await begin(0).ended).toBe(0)
  expect(await seen(dataDir)).toMatchObject({ titles, generations: ['0'], rows: titles })

  // Taking the place of the one who writes, we stop it between two of its transactions and see how far it is.
  const sqlite = new SQLite(join(dataDir, 'hub.sqlite'))
  sqlite.pragma('busy_timeout = 60000')
  const revision = sqlite.prepare("select cast(value as integer) from settings where name = 'library-revision'").pluck()
  const rows = sqlite.prepare('select count(*) from library_titles where revision > ?').pluck()
  const formerRows = sqlite.prepare('select count(*) from library_titles where revision < ?').pluck()
  let kept = 0
  let generation = 0
  const phases = ['writing', 'clearing', 'writing', 'clearing'] as const
  /** @returns the rows that were there in the middle; null: it was over before we looked */
  async function kill(phase: (typeof phases)[number]): Promise<number | null> {
    generation += 1
    const before = Number(revision.get())
    const part = Math.floor(titles * (0.05 + 0.7 * random.next()))
    const { child, ended } = begin(generation)
    let leftOver: number | null = null
    while (child.exitCode === null && child.signalCode === null) {
      // Who only reads stops nobody.
      if (Number(rows.get(before)) === 0) {
        await setTimeout(5)
        continue
      }
      sqlite.exec('begin immediate')
      const now = Number(revision.get())
      const [written, left] = [Number(rows.get(before)), Number(formerRows.get(now))]
      const there =
        phase === 'writing' ? now === before && written >= part : now > before && left > 0 && left <= titles - part
      if (there) {
        child.kill('SIGKILL')
        await ended
      }
      sqlite.exec('rollback')
      if (there) leftOver = phase === 'writing' ? written : left
      await setTimeout(10)
    }
    if (leftOver === null) kept = generation
    return leftOver
  }
  for (const phase of phases) {
    let leftOver: number | null = null
    // A quick one is over between two looks of ours, and stands; the next may be met in its middle.
    for (let tries = 0; leftOver === null && tries < 20; tries += 1) leftOver = await kill(phase)
    expect(leftOver, phase).toBeGreaterThan(0)
    expect(leftOver, phase).toBeLessThan(titles)
    if (phase === 'clearing') kept = generation
    const after = await seen(dataDir)
    expect(after, phase).toMatchObject({ titles, generations: [String(kept)], total: titles, countedWell: true })
    expect(after.rows, phase).toBeGreaterThan(titles)
  }
  sqlite.close()
  expect(await begin(generation + 1).ended).toBe(0)
  // Also what those that were killed left is gone.
  expect(await seen(dataDir)).toMatchObject({
    titles,
    generations: [String(generation + 1)],
    total: titles,
    countedWell: true,
    rows: titles,
  })
})
