import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Holding } from '../../contract/library/record.ts'
import { createSettings } from '../settings-repository.ts'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { enrolledAt, type TestMachine } from '../testing/test-machine.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { decideStatus } from './decide-status.ts'
import { writeLoanSource } from './status/loan-source.ts'

const copy = (item: string | null, readingRoomOnly = false): Holding => ({
  item,
  branch: '',
  shelf: null,
  callNumber: null,
  readingRoomOnly,
})

describe('a title', () => {
  const loans = new Map([
    ['o1', { due: '2026-12-02' }],
    ['o2', { due: '2026-12-01' }],
    ['o3', { due: null }],
  ])
  it.each([
    ['a copy is in', [copy('o1'), copy('i')], 'in', 1, null],
    ['all are out', [copy('o1'), copy('o2'), copy('o3')], 'out', 0, '2026-12-01'],
    ['all are out, no day told', [copy('o3')], 'out', 0, null],
    ['only the reading room has one', [copy('o1'), copy('i', true)], 'out', 0, '2026-12-02'],
    ['the reading room has all', [copy('i', true)], 'reading-room', 0, null],
    ['a copy has no number', [copy('o1'), copy(null)], 'unknown', null, null],
    ['there is no copy', [], 'unknown', null, null],
  ] as const)('of which %s', (_, holdings, state, copiesIn, due) => {
    expect(decideStatus('t', holdings, loans)).toMatchObject({ state, copiesIn, due })
  })
})

describe('the list that the library drops', () => {
  let town: TestHub
  let kiosk: TestMachine
  let file: string
  beforeEach(async () => {
    town = await testHub()
    kiosk = await enrolledAt(town)
    file = join(town.dir, 'loans.csv')
    const title = { kind: 'book' as const, authors: [], series: [], subjects: [], aboutTown: false, loans: 0 }
    await createCatalogueRepository(town.hub.context.db).import({
      ...{ source: 'file', gone: [], whole: true, asOf: '2026-11-25' },
      records: [
        { ...title, id: 'a', title: '雪国', holdings: [copy('1')] },
        { ...title, id: 'b', title: 'こころ', holdings: [copy('2')] },
      ],
    })
    await writeLoanSource(createSettings(town.hub.context.db), { kind: 'file', file })
  })
  afterEach(() => town.close())

  const drop = (text: string, agoMs: number) => {
    writeFileSync(file, text)
    const at = new Date(town.clock.nowMs() - agoMs)
    utimesSync(file, at, at)
  }
  const states = async () => {
    const answer = (await kiosk.post('/api/v1/kiosk/library/status', { ids: ['a', 'b', 'nowhere'] })).json()
    return (answer as { titles: { state: string }[] }).titles.map(({ state }) => state)
  }
  const loans = async (query = '') => {
    const path = '/api/v1/kiosk/library/loans'
    return (await town.ask(path + query, { headers: { authorization: await kiosk.token('GET', path) } })).json()
  }
  const out = '資料番号,状態,返却期限\n1,貸出中,2026/12/1\n2,在架,\n'

  it('tells what is out, and all that is out, once more only when it changed', async () => {
    drop(out, 60_000)
    expect(await states()).toEqual(['out', 'in', 'unknown'])
    const told = await loans()
    expect(told).toMatchObject({ unchanged: false, out: ['a'] })
    const { asOfMs } = told as { asOfMs: number }
    expect(await loans(`?since=${asOfMs}`)).toEqual({ asOfMs, unchanged: true, out: [], mark: expect.any(String) })
    drop('資料番号,状態\n2,貸出中\n', 30_000)
    expect(await loans(`?since=${asOfMs}`)).toMatchObject({ unchanged: false, out: ['b'] })
  })

  it('says otherwise of the same loans when the catalogue is another', async () => {
    drop(out, 60_000)
    const told = (await loans('?part=0')) as { mark: string }
    expect(told).toMatchObject({ unchanged: false, out: ['a'] })
    const again = `?part=0&mark=${encodeURIComponent(told.mark)}`
    expect(await loans(again)).toMatchObject({ unchanged: true, out: [] })
    const title = { kind: 'book' as const, authors: [], series: [], subjects: [], aboutTown: false, loans: 0 }
    const changes = { source: 'file', gone: [], whole: false, asOf: '2026-11-26' }
    const records = [
      { ...title, id: 'a', title: '雪国', holdings: [copy('1'), copy('7')] },
      { ...title, id: 'c', title: '門', holdings: [copy('1')] },
    ]
    await createCatalogueRepository(town.hub.context.db).import({ ...changes, records })
    expect(await loans(again)).toMatchObject({ unchanged: false, out: ['c'] })
  })

  it('is told in parts where it is long, all of it for a program that knows of none', async () => {
    const title = { kind: 'book' as const, authors: [], series: [], subjects: [], aboutTown: false, loans: 0 }
    const ids = Array.from({ length: 60_000 }, (_, at) => `${'長'.repeat(20)}${String(at).padStart(6, '0')}`)
    await createCatalogueRepository(town.hub.context.db).import({
      ...{ source: 'file', gone: [], whole: true, asOf: '2026-11-26' },
      records: ids.map((id) => ({ ...title, id, title: '題', holdings: [copy(id)] })),
    })
    drop(['資料番号,状態', ...ids.map((id) => `${id},貸出中`)].join('\n'), 60_000)
    type Part = { out: string[]; mark: string; next?: number }
    const parts: Part[] = []
    for (let part: number | undefined = 0; part !== undefined; part = parts.at(-1)?.next)
      parts.push((await loans(`?part=${part}`)) as Part)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.flatMap((part) => part.out)).toEqual(ids)
    expect(new Set(parts.map(({ mark }) => mark)).size).toBe(1)
    for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(2_200_000)
    expect(((await loans()) as Part).out).toEqual(ids)
  })

  it('may have lines of title above its header, and is no list without one', async () => {
    drop(`貸出状況一覧\n令和8年11月27日 現在,,\n\n${out}`, 60_000)
    expect(await states()).toEqual(['out', 'in', 'unknown'])
    drop('1,貸出中,2026/12/1\n'.repeat(100), 60_000)
    expect(await states()).toEqual(['out', 'in', 'unknown'])
  })

  it('that is half written, no list at all or gone leaves what was known, until that is a day old', async () => {
    expect(await states()).toEqual(['unknown', 'unknown', 'unknown'])
    expect(await loans()).toEqual({ asOfMs: null, unchanged: false, out: [] })
    drop(out, 60_000)
    expect(await states()).toEqual(['out', 'in', 'unknown'])
    drop('資料番号,状態\n', 500)
    expect(await states()).toEqual(['out', 'in', 'unknown'])
    drop('<html><body>503</body></html>', 10_000)
    expect(await states()).toEqual(['out', 'in', 'unknown'])
    rmSync(file)
    expect(await states()).toEqual(['out', 'in', 'unknown'])
    town.clock.pass(24 * 3_600_000)
    expect(await states()).toEqual(['unknown', 'unknown', 'unknown'])
  })
})
