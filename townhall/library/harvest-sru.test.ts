import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dcndlRecord, dcRecord, marcRecord, sruServer } from '../testing/sru-server.ts'
import { decideManner, harvestSru } from './harvest-sru.ts'

const titles = ['雪国', 'こころ & "それから"', '三四郎', '門', '<坊っちゃん>']
let server: Awaited<ReturnType<typeof sruServer>>
let waits: number[]
beforeEach(async () => {
  server = await sruServer(titles.map((title, at) => marcRecord(`m${at + 1}`, title)))
  waits = []
})
afterEach(() => server.close())

function harvest(address = server.address, schema = 'marcxml') {
  const source = { address, query: 'title="芽室"', schema }
  const signal = new AbortController().signal
  return harvestSru(source, { fetch, wait: async (ms) => void waits.push(ms), signal, progress: () => undefined })
}
const all = {
  kind: 'harvested',
  notices: [],
  records: titles.map((title, at) => expect.objectContaining({ id: `m${at + 1}`, title })),
}

describe('a harvest over SRU', () => {
  it('asks as SRU 1.2 has it, and takes every record', async () => {
    expect(await harvest()).toEqual(all)
    expect(server.asked.map(Object.fromEntries)).toEqual([
      {
        ...{ operation: 'searchRetrieve', version: '1.2', query: 'title="芽室"', recordSchema: 'marcxml' },
        ...{ recordPacking: 'xml', startRecord: '1', maximumRecords: '100' },
      },
    ])
  })

  it('goes on where the last page ended, however short that was, and does not press', async () => {
    server.be('two-a-page')
    expect(await harvest()).toEqual(all)
    expect(server.asked.map((query) => query.get('startRecord'))).toEqual(['1', '3', '5'])
    expect(waits).toEqual([1_000, 1_000])
  })

  it.each(['only-1.1', 'only-string'] as const)('speaks as a server wants it that is %s', async (mood) => {
    server.be(mood)
    expect(await harvest()).toEqual(all)
    expect(server.asked).toHaveLength(2)
  })

  it.each([
    ['one-refused', '渡しません'],
    ['one-broken', '途中で切れています'],
  ] as const)('keeps the good records when of five there is %s', async (mood, words) => {
    server.be(mood)
    expect(await harvest()).toEqual({
      ...all,
      records: all.records.filter((_, at) => at !== 1),
      notices: [
        expect.objectContaining({ column: '2件目', severity: 'refused', reason: expect.stringContaining(words) }),
      ],
    })
  })

  it.each([
    ['bad-query', '検索式（--query）の書き方がちがいます（10 Query syntax error）。'],
    ['stops-at-two', '相手のシステムが渡せる件数をこえました。'],
    ['promises-more', '相手は 10 件あると言いますが、5 件しか渡しません。'],
    ['html', '相手の答えが SRU ではありません。'],
    ['down', '相手のシステムが答えません（500）。'],
    ['redirect', '相手が別のアドレスに送ろうとします。'],
    ['cuts-off', 'つながらないか'],
  ] as const)('with a server that is %s ends in words, with nothing of it', async (mood, words) => {
    server.be(mood)
    expect(await harvest()).toEqual({ kind: 'failed', reason: expect.stringContaining(words) })
  })

  it.each(['xml', 'string'] as const)('reads DC-NDL with its readings, packed as %s', async (packing) => {
    const ndl = await sruServer([dcndlRecord('R1-I2', 'こころ : 小説', 'ココロ : ショウセツ')])
    if (packing === 'string') ndl.be('only-string')
    const done = await harvest(ndl.address, 'dcndl')
    await ndl.close()
    expect(done).toEqual({
      kind: 'harvested',
      notices: [],
      records: [
        {
          ...{ id: 'R1-I2', kind: 'book', title: 'こころ', titleReading: 'ココロ', subtitle: '小説', volume: '上' },
          authors: [{ name: '夏目漱石', reading: 'ナツメ ソウセキ' }],
          series: [{ name: '岩波文庫', reading: 'イワナミ ブンコ' }],
          ...{ publisher: '岩波書店', year: 1990, subjects: ['日本文学'], ndc: '913.6', isbn: '9784003101018' },
          ...{ extent: '300p ; 15cm', aboutTown: false, loans: 0 },
          holdings: [
            { item: null, branch: '芽室町図書館', shelf: null, callNumber: '913.6-ナ', readingRoomOnly: false },
          ],
        },
      ],
    })
  })

  it('reads simple Dublin Core, and takes the server for its name where a record has none', async () => {
    const dc = await sruServer([
      dcRecord('memuro:7', '銀河鉄道の夜', 'ギンガ テツドウ ノ ヨル'),
      '<dc:dc xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>名のない本</dc:title></dc:dc>',
    ])
    const done = await harvest(dc.address, 'dc')
    await dc.close()
    expect(done).toMatchObject({
      kind: 'harvested',
      notices: [],
      records: [
        {
          ...{
            id: 'memuro:7',
            kind: 'book',
            title: '銀河鉄道の夜',
            titleReading: 'ギンガ テツドウ ノ ヨル',
            year: 2003,
          },
          authors: [{ name: '宮沢賢治' }, { name: '村上勉' }],
          ...{ publisher: '芽室町教育委員会', subjects: ['童話'], ndc: '913.8', isbn: '9784834000825' },
          summary: 'むかしの話 & 絵。',
        },
        { id: 'r2', title: '名のない本' },
      ],
    })
  })
})

describe('another manner', () => {
  it.each([
    ['1.2', 'xml', '5', { version: '1.1', packing: 'xml' }],
    ['1.1', 'xml', '5', null],
    ['1.1', 'xml', '71', { version: '1.1', packing: 'string' }],
    ['1.1', 'string', '71', null],
    ['1.2', 'xml', '66', null],
  ] as const)('after %s %s refused with %s: %j', (version, packing, code, manner) => {
    expect(decideManner({ version, packing }, code)).toEqual(manner)
  })
})
