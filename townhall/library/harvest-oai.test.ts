import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { oaiServer } from '../testing/oai-server.ts'
import { harvestOai } from './harvest-oai.ts'

const held = [
  { id: 'x:1', title: '雪国', day: '2026-11-01' },
  { id: 'x:2', title: 'こころ', day: '2026-11-02' },
  { id: 'x:3', title: '消えた本', day: '2026-11-20', deleted: true },
  { id: 'x:4', title: '三四郎', day: '2026-11-20' },
  { id: 'x:5', title: '門', day: '2026-11-21' },
]
let server: Awaited<ReturnType<typeof oaiServer>>
let waits: number[]
beforeEach(async () => {
  server = await oaiServer(held, '2026-11-25')
  waits = []
})
afterEach(() => server.close())

const harvest = (from: string | null = null) =>
  harvestOai(
    { address: server.address, prefix: 'marcxml', from },
    {
      fetch,
      wait: async (ms) => void waits.push(ms),
      signal: new AbortController().signal,
      progress: () => undefined,
    },
  )
const all = {
  kind: 'harvested',
  gone: ['x:3'],
  notices: [],
  next: '2026-11-25',
  records: ['x:1', 'x:2', 'x:4', 'x:5'].map((id) => expect.objectContaining({ id })),
}

describe('a harvest', () => {
  it('goes through all pages, with what is deleted', async () => {
    expect(await harvest()).toEqual(all)
    expect(server.asked).toHaveLength(3)
  })
  it('since a day asks for what changed since; nothing new is no failure', async () => {
    expect(await harvest('2026-11-20')).toMatchObject({ gone: ['x:3'], records: [{ id: 'x:4' }, { id: 'x:5' }] })
    expect(await harvest('2026-11-22')).toMatchObject({ kind: 'harvested', gone: [], records: [] })
  })
  it.each(['dcndl', 'oai_dc'] as const)('takes records of %s by the identifier of their header', async (format) => {
    server.be(format)
    expect(await harvest()).toEqual({
      ...all,
      records: ['雪国', 'こころ', '三四郎', '門'].map((title) =>
        expect.objectContaining({ id: expect.stringMatching(/^x:/), title, titleReading: 'ヨミ' }),
      ),
    })
  })
  it('waits as long as it is told, and goes on', async () => {
    server.be('busy-once')
    expect(await harvest()).toEqual(all)
    expect(waits).toEqual([7_000])
  })
  it('whose token expired begins once more', async () => {
    server.be('token-expires-once')
    expect(await harvest()).toEqual(all)
  })
  it('keeps the good records beside a broken one', async () => {
    server.be('broken-record')
    expect(await harvest()).toMatchObject({
      records: [{ id: 'x:2' }, { id: 'x:4' }, { id: 'x:5' }],
      notices: [{ column: 'x:1', severity: 'refused' }],
    })
  })
  it.each(['down', 'html', 'goes-round'] as const)(
    'of a server that is %s ends in words, with nothing of it',
    async (mood) => {
      server.be(mood)
      expect(await harvest()).toEqual({ kind: 'failed', reason: expect.stringMatching(/[ぁ-ん].*。$/) })
      expect(waits.length).toBeLessThan(5)
    },
  )
})
