import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { libraryRecordSchema } from '../../../contract/library/record.ts'
import { dcndlRecord, dcRecord, marcRecord } from '../../testing/sru-server.ts'
import { readCatalogue } from './read-catalogue.ts'

type Field = [tag: string, text: string | Buffer]
function marc(fields: Field[], leader = 'nam a22'): Buffer {
  const parts = fields.map(([tag, text]) => ({ tag, bytes: Buffer.concat([Buffer.from(text), Buffer.from([0x1e])]) }))
  let start = 0
  let directory = ''
  for (const { tag, bytes } of parts) {
    directory += tag + String(bytes.length).padStart(4, '0') + String(start).padStart(5, '0')
    start += bytes.length
  }
  const base = 24 + directory.length + 1
  const length = String(base + start + 1).padStart(5, '0')
  const head = `${length}${leader.slice(0, 3)} ${leader.slice(4, 5)}22${String(base).padStart(5, '0')}   4500`
  return Buffer.concat([
    Buffer.from(`${head}${directory}\u001e`, 'latin1'),
    ...parts.map(({ bytes }) => bytes),
    Buffer.from([0x1d]),
  ])
}
const book = (id: string, title = `題${id}`): Buffer =>
  marc([
    ['001', id],
    ['245', `00\u001fa${title} /\u001fc著者${id}著`],
  ])
const titles = (file: Uint8Array) => readCatalogue(file).records.map(({ title }) => title)

describe('MARC 21', () => {
  it('joins the scripts of a field: Japanese is the text, kana its reading', () => {
    const file = marc([
      ['001', 'b1'],
      ['020', '  \u001fa4-00-310101-4'],
      ['084', '  \u001fa913.6\u001f2njb/09'],
      ['100', '1 \u001f6880-02\u001faNatsume, Soseki,\u001fd1867-1916'],
      ['245', '10\u001f6880-01\u001faKokoro /\u001fcNatsume Soseki cho.'],
      ['260', '  \u001faTokyo :\u001fbIwanami,\u001fc2002.'],
      ['880', '10\u001f6245-01/$1\u001faこころ心 /\u001fc夏目漱石著'],
      ['880', '10\u001f6245-01/(B\u001faココロ'],
      ['880', '1 \u001f6100-02/$1\u001fa夏目, 漱石,\u001fd1867-1916'],
      ['952', '  \u001faMAIN\u001fcGEN\u001fp100\u001fo913.6 ナ\u001fl7\u001fd2020-04-01\u001f70'],
    ])
    expect(readCatalogue(file)).toMatchObject({
      notices: [],
      records: [
        {
          id: 'b1',
          title: 'こころ心',
          titleReading: 'ココロ',
          authors: [{ name: '夏目漱石' }],
          publisher: 'Iwanami',
          year: 2002,
          ndc: '913.6',
          isbn: '9784003101018',
          loans: 7,
          arrived: '2020-04-01',
          holdings: [{ item: '100', branch: 'MAIN', shelf: 'GEN', callNumber: '913.6/ナ', readingRoomOnly: false }],
        },
      ],
    })
  })

  it('of the older JAPAN/MARC is told by its tags', () => {
    const file = marc([
      ['001', 'j1'],
      ['251', '  \u001fA雪国\u001fF川端康成著'],
      ['551', '  \u001fAユキグニ'],
      ['751', '  \u001fAカワバタ,ヤスナリ\u001fB川端康成'],
      ['677', '  \u001fA913.6'],
    ])
    expect(readCatalogue(file).records).toMatchObject([
      { title: '雪国', titleReading: 'ユキグニ', authors: [{ name: '川端康成' }], ndc: '913.6' },
    ])
  })

  it('reports in words what is wrong with one record and keeps the others', () => {
    const wrongLength = Buffer.from(book('2'))
    wrongLength.write('09999', 0, 'latin1')
    const marc8 = marc([
      ['001', '3'],
      ['245', Buffer.from([0x20, 0x20, 0x1f, 0x61, 0x1b, 0x24, 0x31, 0xb4, 0xa4])],
    ])
    const foreign = marc([
      ['001', '4'],
      ['245', iconv.encode('00\u001fa山の音', 'cp932')],
    ])
    const nameless = marc([
      ['001', '5'],
      ['300', '  \u001fa10p'],
    ])
    const { records, notices } = readCatalogue(
      Buffer.concat([
        book('1'),
        wrongLength,
        marc8,
        Buffer.from('\r\n'),
        foreign,
        nameless,
        book('1', '再び'),
        book('6').subarray(0, 50),
      ]),
    )
    expect(records.map(({ id, title }) => [id, title])).toEqual([
      ['1', '題1'],
      ['2', '題2'],
      ['4', '山の音'],
      ['1~2', '再び'],
    ])
    expect(notices.map(({ column, severity }) => `${column} ${severity}`)).toEqual([
      '2件目 repaired',
      '3件目 refused',
      '4件目 repaired',
      '5件目 タイトル refused',
      '6件目 repaired',
      '7件目 refused',
    ])
    for (const { reason } of notices) expect(reason).toMatch(/[ぁ-ん].*。$/)
  })

  it('damaged anywhere in one record keeps every other, and never throws', () => {
    fc.assert(
      fc.property(
        fc.nat(8),
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        (at, damage) => {
          const books = Array.from({ length: 9 }, (_, one) => book(String(one)))
          const hurt = books[at] ?? Buffer.alloc(0)
          for (const [place, byte] of damage) hurt[place % hurt.length] = byte
          const kept = titles(Buffer.concat(books))
          for (let one = 0; one < 9; one += 1) if (one !== at) expect(kept).toContain(`題${one}`)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('of any bytes makes records of the contract or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('csv', 'marc', 'xml'), (noise, kind) => {
        for (const record of readCatalogue(noise, { kind }).records) libraryRecordSchema.parse(record)
      }),
    )
  })
})

describe('MARCXML', () => {
  const xml = (id: string, title: string) =>
    `<marc:record><marc:leader>00000nam a2200000   4500</marc:leader><marc:controlfield tag="001">${id}</marc:controlfield><marc:datafield tag="245" ind1="0" ind2="0"><marc:subfield code="a">${title}</marc:subfield></marc:datafield></marc:record>`

  it('is read alone and inside an answer, and one that breaks off loses itself only', () => {
    const file = `<?xml version="1.0"?><OAI-PMH><ListRecords><record><metadata>${xml('1', '雪国 &amp; &#x5C71;')}</metadata></record><record><metadata>${xml('2', '切れた').slice(0, 200)}${xml('3', '山の音')}</metadata></record></ListRecords></OAI-PMH>`
    expect(titles(Buffer.from(file))).toEqual(['雪国 & 山', '山の音'])
  })
})

describe('a file of other XML', () => {
  const packed = (data: string) => `<srw:record><srw:recordData>${data}</srw:recordData></srw:record>`
  const asText = (xml: string) => xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const sru = (...data: string[]) =>
    `<?xml version="1.0"?><searchRetrieveResponse><records>${data.map(packed).join('')}</records></searchRetrieveResponse>`
  const two = [dcndlRecord('R1', 'こころ', 'ココロ'), dcndlRecord('R2', '道草 & 門', 'ミチクサ')]

  it.each([
    ['an answer of SRU', sru(...two)],
    ['an answer of SRU packed as text', sru(...two.map(asText))],
    ['RDF by itself', `<?xml version="1.0"?>${two.join('\n')}`],
    [
      'an answer of OAI-PMH',
      `<OAI-PMH>${two.map((one) => `<record><metadata>${one}</metadata></record>`).join('')}</OAI-PMH>`,
    ],
  ])('of DC-NDL is read: %s', (_, file) => {
    const { records, notices } = readCatalogue(Buffer.from(file))
    expect(notices).toEqual([])
    expect(records.map(({ id, title, titleReading }) => [id, title, titleReading])).toEqual([
      ['R1', 'こころ', 'ココロ'],
      ['R2', '道草 & 門', 'ミチクサ'],
    ])
  })

  it.each([
    ['MARCXML packed as text', sru(asText(marcRecord('1', '雪国')), asText(marcRecord('2', '山の音')))],
    ['Dublin Core', [dcRecord('1', '雪国', 'ユキグニ'), dcRecord('2', '山の音', 'ヤマ ノ オト')].join('')],
    [
      'OpenSearch',
      `<rss><channel><title>図書 - OpenSearch</title>${['雪国', '山の音'].map((title, at) => `<item><title>${title}</title><guid>n${at}</guid><description><![CDATA[<p>本</p>]]></description><category>図書</category><dc:title>${title}</dc:title><dcndl:volume>1</dcndl:volume></item>`).join('')}</channel></rss>`,
    ],
  ])('of %s is read too', (_, file) => {
    expect(titles(Buffer.from(file))).toEqual(['雪国', '山の音'])
  })

  it('damaged anywhere in one record keeps every other, and never throws', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(1_500), fc.nat(300), (at, from, length) => {
        const all = Array.from({ length: 5 }, (_, one) => dcRecord(`id${one}`, `題${one}`, 'ヨミ'))
        const hurt = all[at] ?? ''
        // What is cut out may hold the record's end: then the next one's beginning ends it.
        all[at] = hurt.slice(0, from % hurt.length) + hurt.slice((from % hurt.length) + length)
        const kept = titles(Buffer.from(`<ListRecords>${all.join('')}</ListRecords>`))
        for (let one = 0; one < 5; one += 1) if (one !== at) expect(kept).toContain(`題${one}`)
      }),
      { numRuns: 500 },
    )
  })

  it('of marks alone comes to its end', () => {
    for (const noise of [
      '<',
      '<a',
      '<a b="',
      '<![CDATA[',
      '<!--',
      '</a>',
      '&#x',
      '<item>',
      '<rdf:RDF><x:BibAdminResource ',
    ])
      readCatalogue(Buffer.from(`<recordData>${noise.repeat(100_000)}`))
  })
})
