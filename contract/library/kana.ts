/** Hiragana by the vowel it ends in, large ones only: what a lengthener after it stands for. */
const rows: readonly (readonly [vowel: string, kana: string])[] = [
  ['あ', 'あかがさざただなはばぱまやらわ'],
  ['い', 'いきぎしじちにひびぴみり'],
  ['う', 'うくぐすずつぬふぶぷむゆる'],
  ['え', 'えけげせぜてでねへべぺめれ'],
  ['お', 'おこごそぞとどのほぼぽもよろ'],
]

/** The vowel that a kana ends in. */
export const vowelOf: ReadonlyMap<string, string> = new Map(
  rows.flatMap(([vowel, kana]) => [...kana].map((one) => [one, vowel] as const)),
)

/** Small kana, old kana and those that sound alike (四つ仮名, を) → the one they meet in. */
export const meetingKana: ReadonlyMap<string, string> = new Map(
  [
    'ぁあ',
    'ぃい',
    'ぅう',
    'ぇえ',
    'ぉお',
    'っつ',
    'ゃや',
    'ゅゆ',
    'ょよ',
    'ゎわ',
    'ゕか',
    'ゖけ',
    'ゐい',
    'ゑえ',
    'をお',
    'ぢじ',
    'づず',
  ]
    // アイヌ語の小書き
    .concat(
      'ㇰく',
      'ㇱし',
      'ㇲす',
      'ㇳと',
      'ㇴぬ',
      'ㇵは',
      'ㇶひ',
      'ㇷふ',
      'ㇸへ',
      'ㇹほ',
      'ㇺむ',
      'ㇻら',
      'ㇼり',
      'ㇽる',
      'ㇾれ',
      'ㇿろ',
    )
    .concat('ヷば', 'ヸび', 'ヹべ', 'ヺぼ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
)

const plain = 'かきくけこさしすせそたちつてとはひふへほ'
const voiced = 'がぎぐげござじずぜぞだじずでどばびぶべぼ'

/** For the mark ゞ: the voiced kana of a plain one. */
export const voicedOf: ReadonlyMap<string, string> = new Map(
  [...plain].map((kana, at) => [kana, voiced.charAt(at)] as const),
)
/** For the mark ゝ, which repeats without the dots: 「ぶゝ」 is ぶふ. */
export const plainOf: ReadonlyMap<string, string> = new Map(
  [...voiced].map((kana, at) => [kana, plain.charAt(at)] as const),
)

/** ゔ with the small kana after it, both together. */
export const vKana: ReadonlyMap<string, string> = new Map([
  ['ぁ', 'ば'],
  ['ぃ', 'び'],
  ['ぇ', 'べ'],
  ['ぉ', 'ぼ'],
  ['ゃ', 'びや'],
  ['ゅ', 'びゆ'],
  ['ょ', 'びよ'],
])

const firstKatakana = 0x30a1
const lastKatakana = 0x30f6
/** From a katakana to its hiragana. */
export const kanaDistance = 0x60

export function toHiragana(unit: number): number {
  if (unit === 0x30fd || unit === 0x30fe) return unit - kanaDistance
  return unit >= firstKatakana && unit <= lastKatakana ? unit - kanaDistance : unit
}

/** The whole text with its hiragana in the range of the katakana: where the forms without ー are kept apart. */
export function inKatakana(text: string): string {
  return text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + kanaDistance))
}
