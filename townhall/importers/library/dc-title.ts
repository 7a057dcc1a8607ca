import type { RawTitle } from './finish-record.ts'
import { pairReadings, parseNames } from './parse-contributors.ts'
import { parseIsbn } from './parse-isbn.ts'
import { childrenOf, textOf, type XmlElement } from './xml-tree.ts'

const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・＝\p{P}\s\d０-９]+$/u
const containers = ['dc', 'item']

/**
 * Simple Dublin Core (`oai_dc`, `srw_dc`, an item of OpenSearch): the fifteen elements, and of DC-NDL(Simple) what stands among them.
 * A second title in kana is the reading of the first.
 */
export function dcTitle(record: XmlElement): RawTitle | null {
  const found = containerOf(record)
  if (found === null) return null
  const all = (name: string) => childrenOf(found, name)
  const texts = (name: string) => all(name).flatMap((one) => textOf(one) || [])
  // OpenSearch writes its own title beside that of Dublin Core, both the same.
  const titles = [...new Set(texts('title'))]
  const readings = [...texts('titleTranscription'), ...titles.slice(1).filter((one) => kana.test(one))]
  const [title = '', ...subtitle] = (titles[0] ?? '').split(/\s+:\s+/)
  const subjects = all('subject').map((one) => ({ text: textOf(one), kind: one.attributes.type ?? '' }))
  const identifiers = all('identifier').map((one) => ({ text: textOf(one), kind: one.attributes.type ?? '' }))
  const isIsbn = ({ text, kind }: { text: string; kind: string }) =>
    /ISBN/i.test(kind) || /isbn/i.test(text) || parseIsbn(text) !== null
  const number = identifiers.find((one) => one.text !== '' && !isIsbn(one))?.text
  return {
    id: number ?? (texts('guid')[0] || texts('link')[0] || ''),
    title,
    titleReading: readings[0]?.split(/\s+:\s+/)[0],
    subtitle: subtitle.join(' : '),
    volume: texts('volume')[0],
    authors: pairReadings(
      [
        ...new Set(
          [...texts('creator'), ...(all('creator').length > 0 ? [] : texts('contributor'))].flatMap(parseNames),
        ),
      ],
      texts('creatorTranscription').flatMap(parseNames),
    ),
    series: pairReadings(texts('seriesTitle'), texts('seriesTitleTranscription')),
    publisher: texts('publisher')[0],
    year: texts('issued')[0] ?? texts('date')[0],
    subjects: subjects.flatMap(({ text, kind }) => (/NDC|NDLC|DDC|LCC/i.test(kind) || isClass(text) ? [] : [text])),
    ndc: ndcOf(subjects),
    isbn: identifiers.flatMap((one) => (isIsbn(one) ? [one.text] : [])),
    extent: texts('extent')[0] ?? texts('format').find((text) => !text.includes('/')),
    summary: texts('description').find((text) => !text.startsWith('<')),
    kind: kindOf(texts('type').concat(texts('category'), texts('materialType'))),
    aboutTown: false,
    loans: 0,
    holdings: [],
  }
}

/** The element that holds a title: of this name, or any at all. */
function containerOf(element: XmlElement): XmlElement | null {
  const holds = childrenOf(element, 'title').length > 0
  if (holds && (element.name === '' || containers.includes(element.name))) return element
  for (const child of element.children) {
    const found = containerOf(child)
    if (found !== null) return found
  }
  return null
}

const isClass = (text: string) => /^(?:NDC\d*[:：\s]|NDLC[:：\s])/i.test(text)

function ndcOf(subjects: readonly { text: string; kind: string }[]): string | undefined {
  const typed = subjects.find(({ kind }) => /NDC\d*$/i.test(kind))?.text
  return typed ?? subjects.find(({ text }) => /^NDC\d*[:：\s]/i.test(text))?.text.replace(/^NDC\d*[:：\s]+/i, '')
}

/** Types of DCMI and of NDL; of any other word nothing is said. */
function kindOf(types: readonly string[]): string | undefined {
  const words: readonly (readonly [RegExp, string])[] = [
    [/雑誌|逐次|periodical|journal|serial/i, 'magazine'],
    [/録音|^sound$|音楽/i, 'cd'],
    [/映像|moving ?image/i, 'dvd'],
    [/絵本/, 'picture-book'],
    [/図書|^本$|^text$|book/i, 'book'],
  ]
  return types.flatMap((type) => words.find(([pattern]) => pattern.test(type))?.[1] ?? [])[0]
}
