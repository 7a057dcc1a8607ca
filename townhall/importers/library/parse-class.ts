import type { TitleKind } from '../../../contract/library/record.ts'

/** NDC out of what stands in 分類: 「913.6」, 「NDC K913」, 「E」, 「R291.1」, 「９１３．６」. null: no digits of a class in it. */
export function parseNdc(raw: string): string | null {
  const match = /(?<![\d.])(\d{3})(?:[.．](\d{1,8}))?(?!\d)/.exec(raw.slice(0, 200).normalize('NFKC'))
  if (!match) return null
  return match[2] === undefined ? (match[1] ?? null) : `${match[1]}.${match[2]}`
}

const kinds: readonly (readonly [RegExp, TitleKind])[] = [
  [/大活字|大きな活字|拡大/, 'large-print'],
  [/絵本|紙芝居|picture/, 'picture-book'],
  [/雑誌|逐次|新聞|magazine|periodical|serial|journal/, 'magazine'],
  [/dvd|ブルーレイ|blu-?ray|ビデオ|映像|vhs|ld/, 'dvd'],
  [/cd|録音|音楽|レコード|カセット|朗読|sound|music/, 'cd'],
  [/図書|和書|洋書|一般書|児童書|本|文庫|新書|コミック|まんが|マンガ|漫画|^book|^bk|text/, 'book'],
]

/** 資料種別 in whatever words. null: words we do not know. */
export function parseKind(raw: string): TitleKind | null {
  const text = raw.slice(0, 200).normalize('NFKC').toLowerCase().replace(/\s/g, '')
  return kinds.find(([words]) => words.test(text))?.[1] ?? null
}

/** Without a 資料種別 the class mark tells picture books: E, Ｅ, 絵本. */
export function kindOfCall(call: string): TitleKind | null {
  return /^(?:E|K?E|絵|P)(?:$|[/\s・-]|(?=[ぁ-んァ-ヶ]))/.test(call.slice(0, 60).normalize('NFKC').toUpperCase())
    ? 'picture-book'
    : null
}

/** Year of publication: 「1989（平成元）年9月20日」, 「2003.4」, 「[20--]」, 「平成14年」, 「c1999」. */
export function parseYear(raw: string): number | null {
  const text = raw.slice(0, 200).normalize('NFKC')
  const western =
    /(?<!\d)(1[0-9]\d\d|20\d\d|21\d\d)(?!\d)/.exec(text) ??
    /(?<!\d)(1[0-9]\d\d|20\d\d)(?:[01]\d)(?:[0-3]\d)?(?!\d)/.exec(text)
  if (western) return Number(western[1])
  const era = /(令和|平成|昭和|大正|明治|(?<![A-Z])[RHSTM])\.?\s*(\d{1,2}|元)/.exec(text)
  const start = era ? eraStarts.get(era[1] ?? '') : undefined
  return start === undefined ? null : start + (era?.[2] === '元' ? 1 : Number(era?.[2]))
}

const eraStarts = new Map<string, number>(
  (
    [
      [2018, '令和', 'R'],
      [1988, '平成', 'H'],
      [1925, '昭和', 'S'],
      [1911, '大正', 'T'],
      [1867, '明治', 'M'],
    ] as const
  ).flatMap(([start, word, letter]) => [
    [word, start],
    [letter, start],
  ]),
)

/** 対象年齢: 「3～5歳」, 「3歳から」, 「0・1・2歳」, 「小学校低学年」, 「幼児」. Years of age, both included. */
export function parseAges(raw: string): { from: number; to: number } | null {
  const text = raw.slice(0, 200).normalize('NFKC')
  const word = ageWords.find(([words]) => words.test(text))
  const numbers = [...text.matchAll(/\d{1,2}/g)].map(Number).filter((age) => age <= 18)
  if (numbers.length === 0 || /年生|学年/.test(text)) return word ? { from: word[1], to: word[2] } : null
  const from = Math.min(...numbers)
  const open = numbers.length === 1 && /から|以上|~|〜|-$|\+/.test(text)
  return { from, to: open ? Math.min(18, from + 3) : Math.max(...numbers) }
}

const ageWords: readonly (readonly [RegExp, number, number])[] = [
  [/赤ちゃん|あかちゃん|乳児|ベビー/, 0, 2],
  [/幼児|園児|就学前/, 3, 5],
  [/低学年|[12]年生/, 6, 8],
  [/中学年|[34]年生/, 8, 10],
  [/高学年|[56]年生/, 10, 12],
  [/小学/, 6, 12],
  [/中学|ヤング|YA/, 12, 15],
  [/高校/, 15, 18],
]

/** ○, 1, 有, はい. */
export const saysYes = (raw: string): boolean =>
  /^(?:[○〇◯●◎✓✔]|1|y|yes|true|有|有り|あり|はい|する|対象|該当|禁帯出?|館内(?:閲覧|のみ)?|貸出(?:不可|禁止)|帯出(?:禁止|不可)|郷土(?:資料)?)$/.test(
    raw.slice(0, 60).normalize('NFKC').trim().toLowerCase(),
  )
