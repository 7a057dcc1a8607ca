import type { LocalizedText } from '../../../contract/localized-text.ts'
import type { RowReader } from '../row-reader.ts'

/** Columns of a name in the six languages of the screens; the first of each is the one we write. */
export const nameColumns = {
  name: ['名称'],
  nameEn: ['名称_英語', '名称_英字'],
  nameZhHans: ['名称_簡体字', '名称_中国語（簡体字）', '名称_中国語_簡体字', '名称_中国語簡体字', '名称_中国語'],
  nameZhHant: ['名称_繁体字', '名称_中国語（繁体字）', '名称_中国語_繁体字', '名称_中国語繁体字'],
  nameKo: ['名称_韓国語', '名称_韓国・朝鮮語', '名称_ハングル'],
  nameVi: ['名称_ベトナム語'],
} as const

const others = [
  ['en', 'nameEn'],
  ['zh-Hans', 'nameZhHans'],
  ['zh-Hant', 'nameZhHant'],
  ['ko', 'nameKo'],
  ['vi', 'nameVi'],
] as const

/** @param fallback what it is called where no Japanese name is given */
export function readName(row: Pick<RowReader<typeof nameColumns>, 'text'>, fallback: string): LocalizedText {
  const name: LocalizedText = { ja: row.text('name') ?? fallback }
  for (const [language, column] of others) {
    const text = row.text(column)
    if (text !== null) name[language] = text
  }
  return name
}

/** The cells of a name; an empty one for each language in which it has none. */
export function nameCells(name: LocalizedText): [column: keyof typeof nameColumns, cell: string][] {
  return [
    ['name', name.ja],
    ...others.map(([language, column]): [keyof typeof nameColumns, string] => [column, name[language] ?? '']),
  ]
}

/** What the same is called among the properties of a GeoJSON feature, ours first. */
const properties: [keyof LocalizedText, readonly string[]][] = [
  ['ja', [...nameColumns.name, 'name:ja', 'name_ja', 'name']],
  ['en', [...nameColumns.nameEn, 'name:en', 'name_en']],
  ['zh-Hans', [...nameColumns.nameZhHans, 'name:zh-Hans', 'name_zh-Hans', 'name:zh']],
  ['zh-Hant', [...nameColumns.nameZhHant, 'name:zh-Hant', 'name_zh-Hant']],
  ['ko', [...nameColumns.nameKo, 'name:ko', 'name_ko']],
  ['vi', [...nameColumns.nameVi, 'name:vi', 'name_vi']],
]

/** @param textOf the text under any of these names; null: there is none */
export function nameOfFeature(textOf: (names: readonly string[]) => string | null): Partial<LocalizedText> {
  const name: Partial<LocalizedText> = {}
  for (const [language, names] of properties) {
    const text = textOf(names)
    if (text !== null) name[language] = text
  }
  return name
}
