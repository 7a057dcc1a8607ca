import type { TitleKind } from '../../../contract/library/record.ts'
import { parseDate } from '../parse-date.ts'
import type { RawHolding, RawName, RawTitle } from './finish-record.ts'
import { type MarcField, type MarcRecord, subfield } from './marc-fields.ts'
import { saysYes } from './parse-class.ts'
import { plainName } from './parse-contributors.ts'

const kanaOnly = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・＝\p{P}\s\d０-９]+$/u
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const isbd = (text: string | undefined) =>
  text
    ?.replace(/(?:[\s　]*[/:;=,])+[\s　]*$/u, '')
    .replace(/(?<=\P{Lu})\.$/u, '')
    .trim()

/** MARC 21 with the habits of JAPAN/MARC; and the older JAPAN/MARC(I), whose 251 and 551 are told by their tags. */
export function marcTitle({ leader, fields }: MarcRecord): RawTitle {
  const all = (...tags: string[]) => fields.filter(({ tag }) => tags.includes(tag))
  const linked = (field: MarcField) => linkedTo(field, fields)
  const first = (tag: string, ...codes: string[]) =>
    isbd(all(tag).flatMap((field) => codes.flatMap((code) => subfield(field, code) ?? []))[0])
  const [title] = all('245')
  const both = title ? scripts(title, linked(title), 'a') : null
  const subtitle = title ? scripts(title, linked(title), 'b').name : undefined
  const volume = title
    ? [scripts(title, linked(title), 'n').name, scripts(title, linked(title), 'p').name].filter(Boolean).join(' ')
    : undefined
  const names = all('100', '110', '111', '700', '710', '711').map(
    (field): RawName => nameOf(scripts(field, linked(field), 'a')),
  )
  const stated = title ? scripts(title, linked(title), 'c').name : undefined
  const imprint = all('264', '260')[0]
  const dates = all('952').map((field) => parseDate(subfield(field, 'd') ?? ''))
  return {
    id: all('001')[0]?.text.trim() ?? first('999', 'c') ?? '',
    title: both?.name || (first('251', 'A', 'a') ?? ''),
    titleReading: both?.reading ?? first('551', 'A', 'a'),
    subtitle: subtitle || first('251', 'B'),
    volume: volume || first('251', 'D'),
    authors: unique(
      [
        ...names,
        ...all('751').map((field) => nameOf({ name: subfield(field, 'B') ?? '', reading: subfield(field, 'A') })),
      ],
      stated ?? first('251', 'F'),
    ),
    series: all('490', '440', '830')
      .slice(0, 5)
      .map((field) => scripts(field, linked(field), 'a')),
    publisher: (imprint ? scripts(imprint, linked(imprint), 'b').name : undefined) || first('270', 'B'),
    year:
      (imprint ? scripts(imprint, linked(imprint), 'c').name : undefined) ||
      first('270', 'D') ||
      all('008')[0]?.text.slice(7, 11),
    subjects: all('650', '651', '653').flatMap((field) => scripts(field, linked(field), 'a').name || []),
    ndc: ndcOf(all('084')) ?? first('677', 'A'),
    isbn: [
      ...all('020').flatMap((field) => subfield(field, 'a') ?? []),
      ...all('010').flatMap((field) => subfield(field, 'A') ?? []),
    ],
    extent: [first('300', 'a'), first('300', 'c')].filter((part) => part !== undefined).join(' ; '),
    summary: first('520', 'a'),
    ages: first('521', 'a'),
    kind: kindOf(leader, all('952')),
    aboutTown: false,
    loans: all('952').reduce((sum, field) => sum + (Number(subfield(field, 'l')) || 0), 0),
    arrived: dates.flatMap((date) => (date.kind === 'value' ? [date.value] : [])).sort()[0],
    holdings: [...all('952').map(kohaHolding), ...(all('952').length > 0 ? [] : all('852').map(holding))],
  }
}

/** $6 of the field is `880-01`, that of its other script `245-01/$1`. */
function linkedTo(field: MarcField, fields: readonly MarcField[]): MarcField[] {
  const link = /^880-(\d{2})/.exec(subfield(field, '6') ?? '')?.[1]
  if (link === undefined || link === '00') return []
  return fields.filter((one) => one.tag === '880' && subfield(one, '6')?.startsWith(`${field.tag}-${link}`))
}

/** Of the two or three scripts the Japanese is the text, the kana beside it its reading; a romanisation beside Japanese is neither. */
function scripts(
  field: MarcField,
  others: readonly MarcField[],
  code: string,
): { name: string; reading: string | undefined } {
  const texts = [field, ...others].flatMap((one) => isbd(subfield(one, code)) || [])
  const ours = texts.filter((text) => japanese.test(text))
  const name = ours.find((text) => !kanaOnly.test(text)) ?? ours[0] ?? texts[0] ?? ''
  const own = code === 'a' ? isbd(subfield(field, 'A')) : undefined
  return { name, reading: ours.find((text) => text !== name && kanaOnly.test(text)) ?? own }
}

const nameOf = ({ name, reading }: RawName): RawName => ({
  name: plainName(name),
  reading: reading === undefined ? undefined : plainName(reading),
})

function unique(names: readonly RawName[], stated: string | undefined): RawName[] {
  const kept = names.filter(({ name }, at) => name !== '' && names.findIndex((one) => one.name === name) === at)
  return kept.length > 0 || !stated
    ? kept
    : stated
        .split(/[;；]/)
        .map((part) => ({ name: plainName(part) }))
        .filter(({ name }) => name !== '')
}

/** 084 $2: njb and ndc8, ndc9, ndc10 are NDC; without $2 nothing is known of the scheme. */
function ndcOf(fields: readonly MarcField[]): string | undefined {
  const field =
    fields.find((one) => /^(?:njb|ndc|kktb)/i.test(subfield(one, '2') ?? '')) ??
    (fields.length === 1 ? fields[0] : undefined)
  return field && (/^ndlc$/i.test(subfield(field, '2') ?? '') ? undefined : subfield(field, 'a'))
}

function kindOf(leader: string, items: readonly MarcField[]): TitleKind | string {
  const said = items.map((field) => subfield(field, 'y') ?? '').find((text) => japanese.test(text))
  if (said !== undefined) return said
  if (leader[6] === 'j' || leader[6] === 'i') return 'cd'
  if (leader[6] === 'g') return 'dvd'
  return leader[7] === 's' ? 'magazine' : 'book'
}

/** Koha's 952. */
const kohaHolding = (field: MarcField): RawHolding => ({
  item: subfield(field, '9') ?? subfield(field, 'p'),
  branch: subfield(field, 'a') ?? subfield(field, 'b'),
  shelf: subfield(field, 'c'),
  callNumber: subfield(field, 'o')?.replace(/\s+/g, '/'),
  readingRoomOnly: Number(subfield(field, '7')) > 0 || saysYes(subfield(field, '7') ?? ''),
})

const holding = (field: MarcField): RawHolding => ({
  item: subfield(field, 'p'),
  branch: subfield(field, 'b') ?? subfield(field, 'a'),
  shelf: subfield(field, 'c'),
  callNumber: [subfield(field, 'h'), subfield(field, 'i')].filter((part) => part !== undefined).join('/'),
  readingRoomOnly: false,
})
