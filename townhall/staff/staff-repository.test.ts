import { expect, it } from 'vitest'
import { onEachEngine } from '../testing/each-engine.ts'
import { createAuth } from './auth.ts'
import { createSignInLimit, decideLock } from './sign-in-limit.ts'
import { createStaffRepository } from './staff-repository.ts'

const nowMs = Date.UTC(2026, 10, 24)
const link = (token_hash: string, kind: 'first' | 'invitation' = 'invitation') => ({
  token_hash,
  kind,
  name: '編集 花子',
  email: 'hanako@town.example',
  role: 'editor' as const,
  expires_at_ms: nowMs + 1_000,
  used_at_ms: null,
})

onEachEngine('the staff', (engine) => {
  async function repository() {
    const { db, dialect, place } = await engine.open()
    const auth = await createAuth({ db, dialect, dataDir: place.dataDir, publicUrl: 'http://127.0.0.1:8640' })
    return { staff: createStaffRepository(db), auth, place }
  }

  it('a link is used by one, once, in time', async () => {
    const { staff } = await repository()
    await staff.addLink(link('h'))
    expect(await staff.openLink('h', nowMs)).toMatchObject({ name: '編集 花子', role: 'editor' })
    expect(await staff.openLink('h', nowMs + 1_000)).toBeUndefined()
    expect(await staff.openLink('other', nowMs)).toBeUndefined()
    const both = await Promise.all([staff.takeLink('h', nowMs), staff.takeLink('h', nowMs)])
    expect(both.sort()).toEqual([false, true])
    expect(await staff.openLink('h', nowMs)).toBeUndefined()
    await staff.reopenLink('h')
    expect(await staff.openLink('h', nowMs)).toBeDefined()
  })

  it('a newer link of a kind makes the older ones void, and no other kind', async () => {
    const { staff } = await repository()
    await staff.addLink(link('a', 'first'))
    await staff.addLink(link('b'))
    await staff.dropLinks('first')
    expect(await staff.openLink('a', nowMs)).toBeUndefined()
    expect(await staff.openLink('b', nowMs)).toBeDefined()
  })

  it('knows people by their address however it is written, and changes their role', async () => {
    const { staff, auth } = await repository()
    expect(await staff.countStaff()).toBe(0)
    await auth.api.createUser({
      body: { name: '編集 花子', email: 'hanako@town.example', password: 'correct horse battery' },
    })
    const person = await staff.byEmail('HANAKO@town.example')
    expect(person).toMatchObject({ name: '編集 花子' })
    await staff.setRole(person?.id ?? '', 'approver')
    expect(await staff.staff()).toMatchObject([{ email: 'hanako@town.example', role: 'approver' }])
    expect(await staff.countStaff()).toBe(1)
  })

  it('twenty tries at once take the tries of one row, and no more', async () => {
    const { staff } = await repository()
    const limit = createSignInLimit(staff, { nowMs: () => nowMs })
    const waits = await Promise.all(Array.from({ length: 20 }, () => limit.take('a@town.example', '192.0.2.1')))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
    expect(Math.max(...waits)).toBe(30_000)
  })

  it('an account waits longer each time, and is free again after a right try or a day', async () => {
    const { staff } = await repository()
    let atMs = nowMs
    const limit = createSignInLimit(staff, { nowMs: () => atMs })
    const take = () => limit.take('a@town.example', '192.0.2.1')
    for (let tries = 0; tries < 5; tries += 1) expect(await take()).toBe(0)
    expect(await take()).toBe(30_000)
    atMs += 30_000
    expect(await take()).toBe(0)
    expect(await take()).toBe(60_000)
    atMs += 60_000
    expect(await take()).toBe(0)
    await limit.succeeded('a@town.example', '192.0.2.1')
    for (let tries = 0; tries < 5; tries += 1) expect(await take()).toBe(0)
    expect(await take()).toBe(30_000)
    atMs += 25 * 3_600_000
    for (let tries = 0; tries < 5; tries += 1) expect(await take()).toBe(0)
  })

  it('an address that tries one account after the other is stopped as well', async () => {
    const { staff } = await repository()
    const limit = createSignInLimit(staff, { nowMs: () => nowMs })
    let free = 0
    for (let person = 0; person < 40; person += 1)
      if ((await limit.take(`p${person}@town.example`, '192.0.2.1')) === 0) free += 1
    expect(free).toBe(20)
    expect(await limit.take('p1@town.example', '192.0.2.2')).toBe(0)
  })
})

it('the wait doubles up to an hour', () => {
  expect([0, 4, 5, 6, 7, 12, 13, 1_000].map(decideLock)).toEqual([
    0, 0, 30_000, 60_000, 120_000, 3_600_000, 3_600_000, 3_600_000,
  ])
})
