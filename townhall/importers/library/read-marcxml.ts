import type { MarcField, ReadMarc } from './marc-fields.ts'
import { unescaped } from './xml-tree.ts'

const tagName = (name: string) => `(?:[\\w.-]+:)?${name}`
const start = /<((?:[\w.-]+:)?)record[\s>]/g
const control = new RegExp(`<${tagName('controlfield')}\\s[^>]*?tag\\s*=\\s*["'](\\w{3})["'][^>]*>([^<]*)<`, 'g')
const data = new RegExp(
  `<${tagName('datafield')}\\s[^>]*?tag\\s*=\\s*["'](\\w{3})["'][^>]*>([\\s\\S]*?)</${tagName('datafield')}\\s*>`,
  'g',
)
const sub = new RegExp(`<${tagName('subfield')}\\s[^>]*?code\\s*=\\s*["'](.)["'][^>]*>([^<]*)<`, 'g')
const leader = new RegExp(`<${tagName('leader')}[^>]*>([^<]*)<`)

/**
 * MARCXML, record by record, alone or inside the answers of OAI-PMH and SRU. Not by a parser of whole documents: of one that breaks in
 * the middle the records before and after are as good as ever. Entities beyond XML's own five are not expanded.
 */
export function* readMarcXml(text: string): Generator<ReadMarc, void, undefined> {
  const starts = [...text.matchAll(start)].map(({ index, 1: prefix = '' }) => ({ index, prefix }))
  for (const [at, { index: from, prefix }] of starts.entries()) {
    const next = starts[at + 1]?.index ?? text.length
    // Its own end, not that of the record around it.
    const closed = text.slice(from, next).includes(`</${prefix}record`)
    const part = text.slice(from, next)
    const fields = fieldsOf(part)
    // The record around another, of OAI-PMH or SRU, holds no field of its own.
    if (fields.length === 0 && !leader.test(part)) continue
    if (!closed) {
      yield { kind: 'refused', reason: 'レコードが途中で切れています。', value: null }
    } else yield { kind: 'record', record: { leader: leader.exec(part)?.[1] ?? '', fields }, repairs: [] }
  }
}

function fieldsOf(part: string): MarcField[] {
  const controls = [...part.matchAll(control)].map(
    ([, tag = '', text = '']): MarcField => ({ tag, text: unescaped(text), subfields: [] }),
  )
  const datas = [...part.matchAll(data)].map(
    ([, tag = '', inner = '']): MarcField => ({
      tag,
      text: '',
      subfields: [...inner.matchAll(sub)].map(([, code = '', text = '']) => [code, unescaped(text)] as const),
    }),
  )
  return [...controls, ...datas]
}
