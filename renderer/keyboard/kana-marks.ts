/** ゛: what a kana becomes, and back again when struck twice. */
const voiced = pairs(
  'かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はば ひび ふぶ へべ ほぼ うゔ ぱば ぴび ぷぶ ぺべ ぽぼ',
)
const half = pairs('はぱ ひぴ ふぷ へぺ ほぽ ばぱ びぴ ぶぷ べぺ ぼぽ')
const small = pairs('あぁ いぃ うぅ えぇ おぉ つっ やゃ ゆゅ よょ わゎ')

function pairs(text: string): Map<string, string> {
  return new Map(text.split(' ').map((pair) => [pair[0] ?? '', pair[1] ?? '']))
}

export type KanaMark = 'voiced' | 'half' | 'small'

/** The kana that a mark makes of the one before it; null: it takes no such mark. Striking it twice takes it off again. */
export function decideMark(kana: string, mark: KanaMark): string | null {
  const table = { voiced, half, small }[mark]
  const marked = table.get(kana)
  if (marked !== undefined) return marked
  // A mark that is there already comes off; of a half voiced one ゛ made voiced above.
  for (const [plain, with_] of table) if (with_ === kana && !'ばびぶべぼぱぴぷぺぽ'.includes(plain)) return plain
  return null
}
