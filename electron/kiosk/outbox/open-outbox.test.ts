import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOutbox } from './open-outbox.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (floor = { usage: 0, health: 0 }) =>
  openOutbox({ path: join(folder, 'outbox.sqlite'), wallMs: () => 0, pageLimit: () => null, floor: () => floor })
const moment = { atMs: 1_000, clock: 'synced', bootId: 'b', uptimeMs: 1 } as const
const access = (accessId: string) => ({ accessIds: [accessId], menu: 'map', moment }) as const

it('a file found damaged in mid-work is replaced, its rows are saved, and the work is done', () => {
  const file = open()
  file.use((outbox) => outbox.appendUsage([access('a1'), access('a2')], null))
  let tries = 0
  const last = file.use((outbox) => {
    tries += 1
    if (tries === 1)
      throw Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT_INDEX' })
    return outbox.appendUsage([access('a3')], null)
  })
  expect(last).toBe(3)
  expect(file.takeRescue()).toMatchObject({ usageRows: 2, continuesAboveUsage: 2 })
  expect(file.takeRescue()).toBeNull()
  expect(file.use((outbox) => [outbox.knowsAccess('a1'), outbox.knowsAccess('zz')])).toEqual([true, false])
  file.close()
  const again = open()
  expect(again.use((outbox) => outbox.usageAfter(0, 10)).map((event) => event.sequence)).toEqual([1, 2, 3])
  expect(readdirSync(folder).filter((name) => name.includes('.damaged-'))).toHaveLength(1)
  again.close()
})

it('a vanished file is begun above what is known to have been given', () => {
  const file = open({ usage: 41, health: 7 })
  expect(file.use((outbox) => outbox.appendUsage([access('a1')], null))).toBe(42)
  expect(file.takeRescue()).toEqual({ setAside: 'none', usageRows: 0, healthRows: 0, continuesAboveUsage: 41 })
  file.close()
})

it('remembers the newest two thousand access ids', () => {
  const file = open()
  for (let n = 0; n < 2_500; n += 500) {
    file.use((outbox) =>
      outbox.appendUsage(
        Array.from({ length: 500 }, (_, at) => access(`a${n + at}`)),
        null,
      ),
    )
  }
  expect(file.use((outbox) => ['a0', 'a499', 'a500', 'a2499'].map(outbox.knowsAccess))).toEqual([
    false,
    false,
    true,
    true,
  ])
  file.close()
})

it('a failed write changes nothing', () => {
  const file = open()
  file.use((outbox) => outbox.appendUsage([access('a1')], null))
  const bad = { ...access('a2'), menu: null } as never
  expect(() => file.use((outbox) => outbox.appendUsage([access('a3'), bad], null))).toThrow('NOT NULL')
  expect(file.use((outbox) => [outbox.state().lastSequence, outbox.knowsAccess('a3')])).toEqual([1, false])
  file.close()
})
