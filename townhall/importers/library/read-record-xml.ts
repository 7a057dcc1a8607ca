import { dcTitle } from './dc-title.ts'
import { dcndlTitle } from './dcndl-title.ts'
import type { RawTitle } from './finish-record.ts'
import { marcTitle } from './marc-title.ts'
import { readMarcXml } from './read-marcxml.ts'
import { parseXml, unescaped, type XmlElement } from './xml-tree.ts'

export type ReadTitle = { kind: 'title'; raw: RawTitle; deleted: boolean } | { kind: 'refused'; reason: string }

/** One record in whichever of the formats it is: MARCXML, DC-NDL(RDF) or Dublin Core; told by what is in it, not by what was asked for. */
export function readRecordXml(xml: string): ReadTitle {
  if (/<(?:[\w.-]+:)?(?:leader|datafield)[\s>]/.test(xml)) {
    const [read] = readMarcXml(xml)
    if (read?.kind === 'record')
      return { kind: 'title', raw: marcTitle(read.record), deleted: read.record.leader[5] === 'd' }
    return { kind: 'refused', reason: read?.reason ?? 'MARCXML のレコードがありません。' }
  }
  const tree = parseXml(xml)
  const raw = dcndlTitle(tree) ?? dcTitle(tree)
  if (raw === null) return { kind: 'refused', reason: 'レコードの形式（MARCXML・DC-NDL・Dublin Core）がわかりません。' }
  return isWhole(tree)
    ? { kind: 'title', raw, deleted: false }
    : { kind: 'refused', reason: 'レコードが途中で切れています。' }
}

const isWhole = (element: XmlElement): boolean => element.whole && element.children.every(isWhole)

const tag = (name: string) => `(?:[\\w.-]+:)?${name}`
const kinds = [
  // A record of RDF goes on after its first element, to the end of the RDF or to the next.
  [`<${tag('BibAdminResource')}[\\s>]`, `</${tag('RDF')}\\s*>`],
  ['<(?:oai_dc|srw_dc):dc[\\s>]', '</(?:oai_dc|srw_dc):dc\\s*>'],
  ['<item[\\s>]', '</item\\s*>'],
].map(([start = '', end = '']) => ({ start: new RegExp(start, 'g'), end: new RegExp(end) }))

/**
 * The records in a file of XML, by whatever is around them: answers of SRU (`recordData`, packed as XML or as text) and of OAI-PMH, items of
 * OpenSearch, one RDF of several. @returns null: MARCXML, which has a reader of its own
 */
export function partsOfXml(text: string): string[] | null {
  if (/<(?:[\w.-]+:)?recordData[\s>]/.test(text)) return packedRecords(text)
  for (const { start, end } of kinds) {
    const starts = [...text.matchAll(start)].map(({ index }) => index)
    if (starts.length === 0) continue
    return starts.map((from, at) => {
      const part = text.slice(from, starts[at + 1] ?? text.length)
      const ended = end.exec(part)
      return ended === null ? part : part.slice(0, ended.index + ended[0].length)
    })
  }
  return null
}

export function packedRecords(text: string): string[] {
  return text
    .split(/<(?:[\w.-]+:)?recordData(?:\s[^>]*)?>/)
    .slice(1)
    .map((part) => {
      const data = part.split(/<\/(?:[\w.-]+:)?recordData\s*>/)[0] ?? ''
      return /^\s*&lt;/.test(data) ? unescaped(data) : data
    })
}
