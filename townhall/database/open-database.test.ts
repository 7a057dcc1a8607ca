import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAudit, readAudit } from '../audit/audit-repository.ts'
import { createSettings } from '../settings-repository.ts'
import { onEachEngine } from '../testing/each-engine.ts'
import { openDatabase } from './open-database.ts'

onEachEngine('the database', (engine) => {
  it('is brought to its shape once, and again without harm', async () => {
    const { db, place } = await engine.open()
    await createSettings(db).write('town', '芽室町')
    const again = await engine.openAgain(place)
    expect(await createSettings(again.db).read('town')).toBe('芽室町')
  })

  it('data of a newer program is refused in words, and left as it is', async () => {
    const { db, place } = await engine.open()
    await createSettings(db).write('town', '芽室町')
    await sql`insert into kysely_migration (name, timestamp) values ('999-future', 'now')`.execute(db)
    await expect(engine.openAgain(place)).rejects.toMatchObject({
      code: 'data-newer-than-program',
      message: expect.stringMatching(/newer version.*999-future/s),
    })
    await sql`delete from kysely_migration where name = '999-future'`.execute(db)
    expect(await createSettings((await engine.openAgain(place)).db).read('town')).toBe('芽室町')
  })

  it('keeps single values, the last one of each name', async () => {
    const settings = createSettings((await engine.open()).db)
    expect(await settings.read('public-url')).toBeNull()
    await settings.write('public-url', 'http://a')
    await settings.write('public-url', 'http://b')
    expect(await settings.read('public-url')).toBe('http://b')
  })

  it('gives the hub one name for life, whoever asks first', async () => {
    const { db, place } = await engine.open()
    const [first, second] = await Promise.all([
      createSettings(db).hubId(),
      createSettings((await engine.openAgain(place)).db).hubId(),
    ])
    expect(first).toMatch(/^hub-[0-9a-f-]{36}$/)
    expect(second).toBe(first)
  })

  it('goes on when the database server has cut every line', async (context) => {
    const { db, dialect, place } = await engine.open()
    if (dialect === 'sqlite') return context.skip('SQLite has no line to cut')
    await createSettings(db).write('town', '芽室町')
    const { db: other } = await engine.openAgain(place)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      other,
    )
    await expect
      .poll(() =>
        createSettings(db)
          .read('town')
          .catch(() => null),
      )
      .toBe('芽室町')
  })

  it('the audit log takes lines at once from several sides, and gives none back', async () => {
    const { db, place } = await engine.open()
    const other = await engine.openAgain(place)
    const clock = { nowMs: () => 1_000 }
    const logs = [createAudit(db, clock), createAudit(other.db, clock)]
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        logs[index % 2]?.({ actor: 'a@town.example', act: 'kiosk-revoked', subject: `kiosk-${index}` }),
      ),
    )
    const { entries, more } = await readAudit(db, { limit: 10 })
    expect(entries.map((entry) => entry.id)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    expect(more).toBe(true)
    const rest = await readAudit(db, { limit: 10, before: 3 })
    expect(rest).toMatchObject({ more: false, entries: [{ id: 2 }, { id: 1 }] })
    expect(new Set([...entries, ...rest.entries].map((entry) => entry.subject)).size).toBe(12)

    await expect(sql`delete from audit`.execute(db)).rejects.toThrow('append-only')
    await expect(sql`update audit set act = 'nothing'`.execute(db)).rejects.toThrow('append-only')
    const chains = await db.selectFrom('audit').select('chain').execute()
    expect(new Set(chains.map((row) => row.chain)).size).toBe(12)
  })
})

describe('a data folder that cannot be used', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hub-folder-'))
  })
  afterEach(() => {
    chmodSync(dir, 0o700)
    rmSync(dir, { recursive: true, force: true })
  })

  it.skipIf(process.getuid?.() === 0)('one that may not be written is told (skipped as root, who may)', async () => {
    chmodSync(dir, 0o500)
    await expect(openDatabase({ dataDir: dir })).rejects.toMatchObject({ code: 'disk-read-only' })
  })

  it('one that is a file is told', async () => {
    const dataDir = join(dir, 'file')
    writeFileSync(dataDir, 'x')
    await expect(openDatabase({ dataDir })).rejects.toMatchObject({ code: 'disk-read-only' })
  })

  it('a file that is no database is told, and stays as it is', async () => {
    writeFileSync(join(dir, 'hub.sqlite'), 'これはデータベースではありません。'.repeat(100))
    await expect(openDatabase({ dataDir: dir })).rejects.toThrow(/damaged.*Nothing was changed/s)
  })
})
