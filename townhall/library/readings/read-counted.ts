/** By the last part of a number: how it is read alone, and how where a counter follows that stops it (いちほん is いっぽん). */
const ends: ReadonlyMap<string, readonly [plain: string, stopped: string]> = new Map([
  ['一', ['いち', 'いっ']],
  ['六', ['ろく', 'ろっ']],
  ['八', ['はち', 'はっ']],
  ['十', ['じゅう', 'じゅっ']],
  ['百', ['ひゃく', 'ひゃっ']],
])
const stopsBefore: readonly (readonly [kana: RegExp, ends: string])[] = [
  [/^[はひふへほかきくけこ]/, '一六八十百'],
  [/^[さしすせそたちつてと]/, '一八十'],
]
/** After 三 and 何. */
const softened: ReadonlyMap<string, string> = new Map([
  ['匹', 'びき'],
  ['本', 'ぼん'],
  ['杯', 'ばい'],
  ['階', 'がい'],
  ['軒', 'げん'],
  ['足', 'ぞく'],
  ['分', 'ぷん'],
])
const withP: ReadonlyMap<string, string> = new Map([
  ['は', 'ぱ'],
  ['ひ', 'ぴ'],
  ['ふ', 'ぷ'],
  ['へ', 'ぺ'],
  ['ほ', 'ぽ'],
])
const kanjiDigits = '〇一二三四五六七八九'
/** From the 2nd to the 10th, counted or of a month. */
const days = ['ふつか', 'みっか', 'よっか', 'いつか', 'むいか', 'なのか', 'ようか', 'ここのか', 'とおか']
const months: ReadonlyMap<number, string> = new Map([
  [4, 'し'],
  [7, 'しち'],
  [9, 'く'],
])

type Counted = {
  /** As it is written, in digits or kanji. */
  number: string
  /** In hiragana; of digits the digits, which a child reads. */
  numberReading: string
  counter: string
  counterReading: string
  /** A month stands before it. */
  ofMonth: boolean
}

/** A number and what it counts, read together. */
export function readCounted({ number, numberReading, counter, counterReading, ofMonth }: Counted): string {
  const value = numberOf(number)
  // Ours, and no ten wins.
  if (number === '十' && counter === '勝') return 'とかち'
  if (counter === '人' && value === 1) return 'ひとり'
  if (counter === '人' && value === 2) return 'ふたり'
  if (counter === '日' && value === 1 && ofMonth) return 'ついたち'
  if (counter === '日' && value === 20) return 'はつか'
  if (counter === '日' && value !== null && value >= 2 && value <= 10) return days[value - 2] ?? ''
  if (counter === '月')
    return `${/\d/.test(number) ? numberReading : ((value === null ? undefined : months.get(value)) ?? numberReading)}がつ`
  const end = endOf(number)
  if (end === '四' && '人年時円'.includes(counter)) return numberReading.replace(/よん$/, 'よ') + counterReading
  const soft = end === '三' || end === '何' ? softened.get(counter) : undefined
  if (soft !== undefined) return numberReading + soft
  if (!stopsBefore.some(([kana, stopping]) => kana.test(counterReading) && stopping.includes(end)))
    return numberReading + counterReading
  const [plain = '', stopped = ''] = ends.get(end) ?? []
  const first = counterReading.charAt(0)
  return (
    (numberReading.endsWith(plain)
      ? numberReading.slice(0, numberReading.length - plain.length) + stopped
      : numberReading) +
    (withP.get(first) ?? first) +
    counterReading.slice(1)
  )
}

/** null: larger than any that is read by itself. */
function numberOf(number: string): number | null {
  if (/^\d{1,2}$/.test(number)) return Number(number)
  const [, tens = '', ten = '', ones = ''] = /^([二三]?)(十?)([一二三四五六七八九]?)$/.exec(number) ?? []
  if (number === '' || (tens !== '' && ten === '' && ones !== '')) return null
  if (ten === '') return tens + ones === '' ? null : kanjiDigits.indexOf(tens + ones)
  return (tens === '' ? 10 : kanjiDigits.indexOf(tens) * 10) + (ones === '' ? 0 : kanjiDigits.indexOf(ones))
}

/** Its last part as a kanji: what a counter sounds after. */
function endOf(number: string): string {
  const zeros = /\d(0+)$/.exec(number)?.[1]?.length
  if (zeros !== undefined) return zeros === 1 ? '十' : zeros === 2 ? '百' : ''
  const last = number.at(-1) ?? ''
  return /\d/.test(last) ? (kanjiDigits[Number(last)] ?? '') : last
}
