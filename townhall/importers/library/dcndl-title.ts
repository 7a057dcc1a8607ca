import type { RawHolding, RawName, RawTitle } from './finish-record.ts'
import { parseKind } from './parse-class.ts'
import { plainName } from './parse-contributors.ts'
import { allOf, childrenOf, textOf, type XmlElement } from './xml-tree.ts'

/**
 * DC-NDL(RDF) of the National Diet Library: a BibResource describes the title, a BibAdminResource names the record, each Item is a place
 * that holds it. Names and titles stand as `rdf:value` or `foaf:name` with their reading in `dcndl:transcription`.
 */
export function dcndlTitle(record: XmlElement): RawTitle | null {
  const title = allOf(record, 'BibResource').find((one) => childrenOf(one, 'title').length > 0)
  if (title === undefined) return null
  const all = (name: string) => childrenOf(title, name)
  const both = all('title').map(valueAndReading)
  const named = both.find(({ reading }) => reading !== undefined) ?? both[0]
  const [name = '', ...subtitle] = (named?.name ?? '').split(/\s+:\s+/)
  const creators = all('creator').map(agentOf)
  const agents = creators.filter(({ structured }) => structured)
  return {
    id: idOf(record, title),
    title: name,
    titleReading: named?.reading?.split(/\s+:\s+/)[0],
    subtitle: subtitle.join(' : '),
    volume: valueAndReading(all('volume')[0]).name,
    authors: unique(agents.length > 0 ? agents : creators),
    series: all('seriesTitle').map(valueAndReading),
    publisher: agentOf(all('publisher')[0]).name,
    year: textOf(all('issued')[0]) || textOf(all('date')[0]),
    subjects: all('subject').flatMap(
      (one) => valueAndReading(childrenOf(one, 'Description').length > 0 ? one : undefined).name || [],
    ),
    ndc: all('subject').flatMap((one) => ndcOf(one) ?? [])[0],
    isbn: all('identifier').flatMap((one) => (/ISBN$/.test(one.attributes.datatype ?? '') ? [textOf(one)] : [])),
    extent: textOf(all('extent')[0]),
    summary: textOf(all('abstract')[0]),
    ages: textOf(all('audience')[0]),
    kind: kindOf(all('materialType')),
    aboutTown: false,
    loans: 0,
    holdings: allOf(record, 'Item').map(holdingOf),
  }
}

/** The end of the record's address (`…/books/R100000002-I000001-00`); without one the number of the bibliography. */
function idOf(record: XmlElement, title: XmlElement): string {
  const about = allOf(record, 'BibAdminResource')[0]?.attributes.about ?? title.attributes.about ?? ''
  const end = about.replace(/#.*$/, '').split('/').at(-1) ?? ''
  if (end !== '') return end
  const numbers = childrenOf(title, 'identifier')
  const number = (kind: RegExp) => textOf(numbers.find(({ attributes }) => kind.test(attributes.datatype ?? '')))
  return number(/NDLBibID$/) || number(/JPNO$/)
}

function valueAndReading(element: XmlElement | undefined): { name: string; reading: string | undefined } {
  const inner = element === undefined ? undefined : childrenOf(element, 'Description')[0]
  if (inner === undefined) return { name: textOf(element), reading: undefined }
  return { name: textOf(childrenOf(inner, 'value')[0]), reading: readingOf(inner) }
}

function agentOf(element: XmlElement | undefined): RawName & { structured: boolean } {
  const agent = element === undefined ? undefined : childrenOf(element, 'Agent')[0]
  if (agent === undefined) return { name: plainName(textOf(element)), structured: false }
  const reading = readingOf(agent)
  const name = plainName(textOf(childrenOf(agent, 'name')[0]))
  return { name, reading: reading === undefined ? undefined : plainName(reading), structured: true }
}

const readingOf = (element: XmlElement) => textOf(childrenOf(element, 'transcription')[0]) || undefined

const unique = (names: readonly RawName[]): RawName[] =>
  names
    .filter(({ name }, at) => name !== '' && names.findIndex((one) => one.name === name) === at)
    .map(({ name, reading }) => ({ name, reading }))

/** `rdf:resource="http://id.ndl.go.jp/class/ndc10/913.6"`, or a text of the type NDC8, NDC9, NDC10. */
function ndcOf({ attributes, text }: XmlElement): string | undefined {
  const linked = /\/class\/ndc\d*\/([\d.]+)$/i.exec(attributes.resource ?? '')?.[1]
  return linked ?? (/NDC\d*$/.test(attributes.datatype ?? '') ? text.trim() : undefined)
}

function kindOf(types: readonly XmlElement[]): string | undefined {
  const labels = types.map(({ attributes, text }) => attributes.label ?? text.trim()).filter((label) => label !== '')
  return labels.find((label) => parseKind(label) !== null) ?? labels[0]
}

function holdingOf(item: XmlElement): RawHolding {
  const agent = allOf(item, 'Agent')[0]
  const call = childrenOf(item, 'callNumber')[0] ?? childrenOf(item, 'localCallNumber')[0]
  return {
    branch: agent === undefined ? '' : textOf(childrenOf(agent, 'name')[0]),
    callNumber: textOf(call),
    readingRoomOnly: false,
  }
}
