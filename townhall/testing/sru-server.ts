import { outsideServer } from './outside-server.ts'

export type SruMood =
  | 'only-1.1'
  | 'only-string'
  | 'bad-query'
  | 'promises-more'
  | 'one-refused'
  | 'one-broken'
  | 'stops-at-two'
  | 'two-a-page'

/** A server of SRU 1.1 and 1.2 after the specification, over records that are XML already; it misbehaves on demand. */
export function sruServer(records: readonly string[]) {
  return outsideServer<SruMood>('/sru', (query, mood, response) => {
    const version = query.get('version') ?? ''
    const packing = query.get('recordPacking') ?? 'xml'
    const start = Number(query.get('startRecord'))
    const most = mood === 'two-a-page' || mood === 'stops-at-two' ? 2 : Number(query.get('maximumRecords'))
    const body = (inner: string) =>
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(
          `<?xml version="1.0"?><srw:searchRetrieveResponse xmlns:srw="http://www.loc.gov/zing/srw/"><srw:version>${version}</srw:version>${inner}</srw:searchRetrieveResponse>`,
        )
    const refuse = (code: number, message: string) =>
      body(
        `<srw:numberOfRecords>0</srw:numberOfRecords><srw:diagnostics><diag:diagnostic><diag:uri>info:srw/diagnostic/1/${code}</diag:uri><diag:message>${message}</diag:message></diag:diagnostic></srw:diagnostics>`,
      )
    if (mood === 'only-1.1' && version !== '1.1') return refuse(5, 'Unsupported version')
    if (mood === 'only-string' && packing !== 'string') return refuse(71, 'Unsupported record packing')
    if (mood === 'bad-query') return refuse(10, 'Query syntax error')
    if (mood === 'stops-at-two' && start > 2) return refuse(61, 'First record position out of range')
    const found = records.slice(start - 1, start - 1 + most)
    const total = records.length + (mood === 'promises-more' ? 5 : 0)
    const packed = found.map((xml, at) => {
      const position = start + at
      const data =
        mood === 'one-refused' && position === 2
          ? '<diag:diagnostic><diag:uri>info:srw/diagnostic/1/64</diag:uri><diag:message>Record temporarily unavailable</diag:message></diag:diagnostic>'
          : mood === 'one-broken' && position === 2
            ? xml.slice(0, xml.length / 2)
            : xml
      const escaped = data.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      return `<srw:record><srw:recordPacking>${packing}</srw:recordPacking><srw:recordData>${packing === 'string' ? escaped : data}</srw:recordData><srw:recordIdentifier>r${position}</srw:recordIdentifier><srw:recordPosition>${position}</srw:recordPosition></srw:record>`
    })
    const next = start + found.length
    return body(
      `<srw:numberOfRecords>${total}</srw:numberOfRecords><srw:records>${packed.join('')}</srw:records>${next <= total ? `<srw:nextRecordPosition>${next}</srw:nextRecordPosition>` : ''}`,
    )
  })
}

const asText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

export const marcRecord = (id: string, title: string) =>
  `<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim"><marc:leader>00000nam a2200000   4500</marc:leader><marc:controlfield tag="001">${id}</marc:controlfield><marc:datafield tag="245" ind1="1" ind2="0"><marc:subfield code="a">${asText(title)}</marc:subfield></marc:datafield></marc:record>`

/** As the National Diet Library writes DC-NDL(RDF). */
export const dcndlRecord = (id: string, title: string, reading: string) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcndl="http://ndl.go.jp/dcndl/terms/">
  <dcndl:BibAdminResource rdf:about="https://ndlsearch.example/books/${id}">
    <dcterms:description>type : book</dcterms:description>
    <dcndl:record rdf:resource="https://ndlsearch.example/books/${id}#material"/>
  </dcndl:BibAdminResource>
  <dcndl:BibResource rdf:about="https://ndlsearch.example/books/${id}#material">
    <dcterms:identifier rdf:datatype="http://ndl.go.jp/dcndl/terms/NDLBibID">000001</dcterms:identifier>
    <dcterms:identifier rdf:datatype="http://ndl.go.jp/dcndl/terms/ISBN">4-00-310101-4</dcterms:identifier>
    <dcterms:title>${asText(title)}</dcterms:title>
    <dc:title><rdf:Description><rdf:value>${asText(title)}</rdf:value><dcndl:transcription>${reading}</dcndl:transcription></rdf:Description></dc:title>
    <dcndl:volume><rdf:Description><rdf:value>上</rdf:value></rdf:Description></dcndl:volume>
    <dcndl:seriesTitle><rdf:Description><rdf:value>岩波文庫</rdf:value><dcndl:transcription>イワナミ ブンコ</dcndl:transcription></rdf:Description></dcndl:seriesTitle>
    <dcterms:creator><foaf:Agent rdf:about="http://id.ndl.example/auth/entity/1"><foaf:name>夏目, 漱石, 1867-1916</foaf:name><dcndl:transcription>ナツメ, ソウセキ, 1867-1916</dcndl:transcription></foaf:Agent></dcterms:creator>
    <dc:creator>夏目漱石 著</dc:creator>
    <dcterms:publisher><foaf:Agent><foaf:name>岩波書店</foaf:name><dcndl:transcription>イワナミ ショテン</dcndl:transcription><dcndl:location>東京</dcndl:location></foaf:Agent></dcterms:publisher>
    <dcterms:date>1990.4</dcterms:date>
    <dcterms:issued rdf:datatype="http://purl.org/dc/terms/W3CDTF">1990-04</dcterms:issued>
    <dcterms:subject><rdf:Description><rdf:value>日本文学</rdf:value><dcndl:transcription>ニホン ブンガク</dcndl:transcription></rdf:Description></dcterms:subject>
    <dcterms:subject rdf:resource="http://id.ndl.go.jp/class/ndlc/KH426"/>
    <dcterms:subject rdf:resource="http://id.ndl.go.jp/class/ndc9/913.6"/>
    <dcterms:extent>300p ; 15cm</dcterms:extent>
    <dcndl:materialType rdf:resource="http://ndl.go.jp/ndltype/Book" rdfs:label="図書"/>
  </dcndl:BibResource>
  <dcndl:Item><dcndl:holdingAgent><foaf:Agent><foaf:name>芽室町図書館</foaf:name></foaf:Agent></dcndl:holdingAgent><dcndl:callNumber>913.6-ナ</dcndl:callNumber></dcndl:Item>
</rdf:RDF>`

export const dcRecord = (id: string, title: string, reading: string) =>
  `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:title>${asText(title)}</dc:title><dc:title>${reading}</dc:title>
  <dc:creator>宮沢賢治 作</dc:creator><dc:creator>村上, 勉</dc:creator>
  <dc:publisher>芽室町教育委員会</dc:publisher><dc:date>2003-07</dc:date>
  <dc:subject>童話</dc:subject><dc:subject>NDC:913.8</dc:subject>
  <dc:identifier>${id}</dc:identifier><dc:identifier>ISBN 978-4-8340-0082-5</dc:identifier>
  <dc:type>Text</dc:type><dc:format>text/html</dc:format><dc:description>むかしの話 &amp; 絵。</dc:description>
</oai_dc:dc>`
