import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { LibraryRecord } from '../../contract/library/record.ts'
import type { Notice } from '../importers/import-report.ts'
import { readCatalogue } from '../importers/library/read-catalogue.ts'
import { oaiServer } from '../testing/oai-server.ts'
import { sruServer } from '../testing/sru-server.ts'
import { harvestOai } from './harvest-oai.ts'
import { harvestSru } from './harvest-sru.ts'

type Taken = { records: readonly LibraryRecord[]; notices: readonly Notice[] }
/** One damaged record between two good ones, at each door by which records come. */
type Door = {
  name: string
  record: (id: string, title: string, more?: string) => Buffer
  take: (records: Buffer[]) => Promise<Taken>
}

/** ISO 2709; what does not fit into its numbers gets wrong ones, as systems write them. */
function marc21(id: string, title: string, more = ''): Buffer {
  const fields = [
    ['001', Buffer.from(id)],
    ['245', Buffer.concat([Buffer.from('00\u001fa'), encoded(title)])],
    ...(more === '' ? [] : [['520', Buffer.from(`  \u001fa${more}`)] as const]),
  ] as const
  const parts = fields.map(([tag, bytes]) => ({ tag, bytes: Buffer.concat([bytes, Buffer.from([0x1e])]) }))
  let start = 0
  let directory = ''
  for (const { tag, bytes } of parts) {
    directory += `${tag}${String(bytes.length).padStart(4, '0').slice(-4)}${String(start).padStart(5, '0').slice(-5)}`
    start += bytes.length
  }
  const base = 24 + directory.length + 1
  const length = String(base + start + 1)
    .padStart(5, '0')
    .slice(-5)
  const leader = `${length}nam a22${String(base).padStart(5, '0')}   4500`
  return Buffer.concat([
    Buffer.from(`${leader}${directory}\u001e`, 'latin1'),
    ...parts.map(({ bytes }) => bytes),
    Buffer.from([0x1d]),
  ])
}

/** Between two marks: as Shift_JIS has it. */
const encoded = (text: string) =>
  Buffer.concat(text.split('@@').map((part, at) => (at % 2 === 1 ? iconv.encode(part, 'cp932') : Buffer.from(part))))
const field = (tag: string, code: string, text: string) =>
  `<marc:datafield tag="${tag}" ind1=" " ind2=" "><marc:subfield code="${code}">${text}</marc:subfield></marc:datafield>`
const xmlText = (id: string, title: string, more = '') =>
  `<marc:record><marc:leader>00000nam a2200000   4500</marc:leader><marc:controlfield tag="001">${id}</marc:controlfield>${title === '' ? '' : field('245', 'a', title)}${more === '' ? '' : field('520', 'a', more)}</marc:record>`
const marcXml = (id: string, title: string, more = '') => encoded(xmlText(id, title, more))
const joined = (records: readonly Buffer[]) => Buffer.concat(records.flatMap((record) => [record, Buffer.from('\n')]))

/** The other system's answers, with its bytes of Shift_JIS in them. */
const asSent: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init)
  return new Response(encoded(await answer.text()), { status: answer.status, headers: answer.headers })
}
const calls = {
  fetch: asSent,
  wait: async () => undefined,
  signal: new AbortController().signal,
  progress: () => undefined,
}
async function harvested<T extends { close(): Promise<void> }>(
  server: T,
  harvest: (of: T) => Promise<Taken | { kind: 'failed'; reason: string }>,
) {
  try {
    const done = await harvest(server)
    if ('reason' in done) throw new Error(done.reason)
    return done
  } finally {
    await server.close()
  }
}
const idOf = (record: Buffer) => /"001">([^<]*)</.exec(record.toString())?.[1] ?? ''

const doors: Door[] = [
  {
    name: 'CSV',
    record: (id, title, more = '') => encoded(`${id},${title},${more}`),
    take: async (records) => readCatalogue(joined([Buffer.from('書誌番号,タイトル,内容'), ...records])),
  },
  { name: 'MARC 21', record: marc21, take: async (records) => readCatalogue(Buffer.concat(records)) },
  {
    name: 'MARCXML',
    record: marcXml,
    take: async (records) =>
      readCatalogue(
        joined([Buffer.from('<?xml version="1.0"?><collection>'), ...records, Buffer.from('</collection>')]),
      ),
  },
  {
    name: 'OAI-PMH',
    record: (id, title, more) => Buffer.from(xmlText(id, title, more)),
    take: async (records) =>
      harvested(
        await oaiServer(
          records.map((record) => ({ id: idOf(record), title: '', day: '2026-11-01', metadata: record.toString() })),
          '2026-11-25',
        ),
        ({ address }) => harvestOai({ address, prefix: 'marcxml', from: null }, calls),
      ),
  },
  {
    name: 'SRU',
    record: (id, title, more) => Buffer.from(xmlText(id, title, more)),
    take: async (records) =>
      harvested(await sruServer(records.map(String)), ({ address }) =>
        harvestSru({ address, query: 'x', schema: 'marcxml' }, calls),
      ),
  },
]
const isXml = ({ name }: Door) => !['CSV', 'MARC 21'].includes(name)

describe.each(doors)('by $name', (door) => {
  const { record, take } = door
  /** Titles without the good ones around, which are always there; and how each bad thing was told. */
  async function between(...bad: Buffer[]) {
    const { records, notices } = await take([record('g1', '雪国'), ...bad, record('g2', '門')])
    const titles = records.map(({ title }) => title)
    expect(titles).toContain('雪国')
    expect(titles).toContain('門')
    for (const { reason } of notices) expect(reason).toMatch(/[ぁ-んァ-ン一-龥].*。$/)
    return {
      records: records.filter(({ id }) => !['g1', 'g2'].includes(id)),
      told: [...new Set(notices.map(({ severity }) => severity))].sort(),
      reasons: notices.map(({ reason }) => reason).join(),
    }
  }

  it('a record without a title is refused', async () => {
    const { records, told, reasons } = await between(record('b', ''))
    expect([records, told]).toEqual([[], ['refused']])
    expect(reasons).toContain('タイトルがありません')
  })

  it('control characters are taken out', async () => {
    const { records, told, reasons } = await between(record('b', '山\u0001の\u0007音\u200b'))
    expect(records.map(({ title }) => title)).toEqual(['山の音'])
    expect(told).toEqual(['repaired'])
    expect(reasons).toContain('制御文字')
  })

  it('〓 for a missing character stays, and is told', async () => {
    const { records, told } = await between(record('b', '〓外の本'))
    expect([records.map(({ title }) => title), told]).toEqual([['〓外の本'], ['note']])
  })

  it('a record in another encoding spoils no other', async () => {
    const { records, reasons } = await between(record('b', '@@山の音@@'))
    // What comes over a line is by its protocol UTF-8: there what cannot be read is told.
    if (door.name === 'OAI-PMH' || door.name === 'SRU') expect(reasons).toContain('読み取れない字があります')
    else expect(records.map(({ title }) => title)).toEqual(['山の音'])
  })

  it('ten megabytes in one field are cut to what is shown', async () => {
    const { records, told, reasons } = await between(record('b', '長い本', 'あ'.repeat(3_500_000)))
    if (records.length === 0) expect(told).toEqual(['refused'])
    else {
      expect(records).toMatchObject([{ title: '長い本' }])
      expect(records[0]?.summary).toHaveLength(2_000)
      expect(reasons).toContain('長すぎる')
    }
  })

  it('the same identifier of two titles loses neither; of one title it is that title', async () => {
    const { records, told } = await between(record('b', '山の音'), record('b', '千羽鶴'), record('b', '山の　音'))
    if (door.name === 'OAI-PMH') {
      // By the protocol the identifier is the record's, and the last word counts.
      expect(records.map(({ id, title }) => [id, title])).toEqual([['b', '山の　音']])
      return
    }
    expect(records.map(({ id }) => id).sort()).toEqual(['b', 'b~2'])
    expect(records.map(({ title }) => title.replace(/\s/g, '')).sort()).toEqual(['千羽鶴', '山の音'])
    expect(told).toContain('repaired')
  })

  it.each([0.3, 0.6, 0.9])('a record that ends in the middle (%f of it) loses itself only', async (part) => {
    const whole = record('b', '切れた本', '内容')
    const { records, told } = await between(whole.subarray(0, Math.floor(whole.length * part)))
    // A character that was cut is told as one that cannot be read.
    for (const { title } of records) expect('切れた本').toContain(title.replace('\uFFFD', ''))
    if (isXml(door)) expect([records, told]).toEqual([[], ['refused']])
  })

  it('a file that ends in the middle keeps all before', async () => {
    const last = record('z', '最後の本', '内容')
    const taken = await take([record('g1', '雪国'), record('g2', '門'), last.subarray(0, last.length - 12)])
    expect(taken.records.map(({ title }) => title).slice(0, 2)).toEqual(['雪国', '門'])
  })
})

describe('by MARC 21', () => {
  const take = (hurt: Buffer) => readCatalogue(Buffer.concat([marc21('g1', '雪国'), hurt, marc21('g2', '門')]))
  const written = (at: number, text: string) => {
    const record = marc21('b', '山の音')
    record.write(text, at, 'latin1')
    return record
  }

  it.each([
    ['a leader of nothing', 0, 'x'.repeat(24), '山の音'],
    ['a length that is too long', 0, '99999', '山の音'],
    ['a length that is too short', 0, '00030', '山の音'],
    ['a length that is no number', 0, '?????', '山の音'],
    ['a base that points elsewhere', 12, '00000', '山の音'],
    ['a directory whose lengths are wrong', 27, '0001', '山の音'],
    ['a directory whose places are wrong', 31, '99999', '山の音'],
    ['a directory whose tags are damaged', 24, '\u0000\u0000\u0000', null],
  ])('%s harms no other record', (_, at, text, title) => {
    const { records, notices } = take(written(at, text))
    expect(records.map((one) => one.title)).toEqual(['雪国', ...(title === null ? [] : [title]), '門'])
    expect(notices.every(({ severity }) => severity === (title === null ? 'refused' : 'repaired'))).toBe(true)
  })
})
