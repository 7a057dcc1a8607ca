import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { libraryFilterSchema } from '../../contract/menus/library.ts'
import { openLibrarySearch } from '../../electron/kiosk/library/search/library-search.ts'
import { openDatabase } from '../../townhall/database/open-database.ts'
import { createCatalogueRepository } from '../../townhall/library/catalogue-repository.ts'
import { libraryFiles } from '../../townhall/library/library-files.ts'
import { openMecab } from '../../townhall/library/readings/mecab.ts'
import { awaited } from '../awaited.ts'
import { quickDisk } from './quick-disk.ts'

const root = join(import.meta.dirname, '..', '..')
const titles = 10_000
const there = await openMecab()
there?.close()

const ending: (() => void)[] = []
afterEach(() => {
  for (const end of ending.splice(0).reverse()) end()
})

function begin(script: string, args: readonly string[], path?: string) {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
    env: { ...env, ...(path === undefined ? {} : { PATH: path }) },
    stdio: 'ignore',
    // So that what it starts goes with it when the machine stops.
    detached: true,
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended, and all that it began.
    }
  }
  ending.push(kill)
  return { kill, ended }
}

it.skipIf(there === null)(
  'a catalogue that was imported without MeCab is guessed by a hub that has it, also by one that is killed in the middle and begins again',
  async () => {
    const dir = mkdtempSync(join(quickDisk(), 'late-guesses-'))
    ending.push(() => rmSync(dir, { recursive: true, force: true }))
    const data = join(dir, 'data')
    const list = join(dir, 'list.csv')
    mkdirSync(join(dir, 'nothing'))
    const rows = Array.from({ length: titles }, (_, at) => `${at},白い花 ${at}`)
    writeFileSync(list, ['書誌番号,タイトル', ...rows, 'm,三匹の小さな牛', ''].join('\n'))
    const imported = begin('townhall/cli.ts', ['library', 'import', list, '--data', data], join(dir, 'nothing'))
    expect(await awaited('the import ends', imported.ended)).toBe(0)

    const sqlite = new SQLite(join(data, 'hub.sqlite'))
    ending.push(() => sqlite.close())
    sqlite.pragma('busy_timeout = 60000')
    const now = () => Number(sqlite.prepare("select value from settings where name = 'library-revision'").pluck().get())
    const guessed = sqlite.prepare(
      `select count(*) from library_titles where revision > ? and record like '%"titleGuess"%'`,
    )
    const before = now()
    expect(guessed.pluck().get(0)).toBe(0)

    const startHub = () => begin('townhall/server.ts', ['--data', data, '--port', '0', '--tls', 'off'])
    let hub = startHub()
    const killInTheMiddle = () => {
      // Who writes here stops the other between two of its transactions.
      sqlite.exec('begin immediate')
      const left = Number(guessed.pluck().get(before))
      const isMiddle = left > 0 && left < titles && now() === before
      if (isMiddle) hub.kill()
      sqlite.exec('rollback')
      return isMiddle
    }
    await expect.poll(killInTheMiddle, { interval: 5, timeout: 180_000 }).toBe(true)
    await awaited('the hub is gone', hub.ended)
    // What is half guessed is nobody's.
    expect(now()).toBe(before)

    hub = startHub()
    await expect.poll(now, { interval: 50, timeout: 180_000 }).toBeGreaterThan(before)
    hub.kill()
    await hub.ended
    const { db } = await openDatabase({ dataDir: data })
    try {
      expect((await createCatalogueRepository(db).tally()).readings).toEqual({
        without: titles + 1,
        guessed: titles + 1,
      })
      const files = await libraryFiles({ db, dataDir: data })
      const search = openLibrarySearch({ files: files?.segments.map(({ file }) => file) ?? [], covers: {} })
      const find = (text: string) =>
        search.search({ text, filter: libraryFilterSchema.parse({}), order: 'best' }, 0, 20)
      expect(find('さんびき').titles.map(({ id }) => id)).toEqual(['m'])
      expect(find('しろいはな').total).toBe(titles)
      search.close()
    } finally {
      await db.destroy()
    }
  },
)
