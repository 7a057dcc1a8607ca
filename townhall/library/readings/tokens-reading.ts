import { readCounted } from './read-counted.ts'

/** A word as the analyser tells it. */
export type Token = {
  /** As it is written, with the space before it. */
  text: string
  /** In katakana; null: it does not know. */
  reading: string | null
  /** Its class from the widest to the narrowest: 名詞, 固有名詞, 人名, 姓. */
  kind: readonly string[]
}

/** Changed when a rule here changes what is read: with the analyser's own version it says how a guess was made. */
export const rulesVersion = 1

const hasKanji = (text: string) => /\p{Script=Han}/u.test(text)
const isKana = (reading: string | null): boolean => reading !== null && /^[ァ-ヶー]+$/.test(reading)

/**
 * The words' readings one after the other, what has no kanji as it is written. @returns null where a word is not known: half a reading
 * is none. Nor is a name guessed of which the dictionary knows the family only: 「清水鱗造」 would become nonsense.
 */
export function readTokens(tokens: readonly Token[]): string | null {
  let out = ''
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token === undefined) break
    const number = numberAt(tokens, at)
    if (number.length > 0) {
      const counter = tokens[at + number.length]
      const read = readNumber(number, counter, /がつ$/.test(out))
      if (read === null) return null
      out += read.text
      at += number.length - 1 + (read.withCounter ? 1 : 0)
      continue
    }
    const read = readWord(token, tokens[at - 1])
    if (read === null) return null
    out += read
  }
  return out
}

function readWord(token: Token, before: Token | undefined): string | null {
  const written = token.text.trimStart()
  if (!hasKanji(written)) return token.text
  if (!isKana(token.reading) || isBrokenName(token, before)) return null
  const space = token.text.slice(0, token.text.length - written.length)
  return space + special(token, written, before)
}

function special({ reading }: Token, written: string, before: Token | undefined): string {
  // Libraries read it so, and whoever means にっぽん writes that.
  if (written.startsWith('日本')) return hiragana((reading ?? '').replace(/^ニッポン/, 'ニホン'))
  // All but one in Hokkaido, and most elsewhere.
  if (written === '町' && before?.kind[2] === '地域') return 'ちょう'
  return hiragana(reading ?? '')
}

/** A single character behind a family name is most likely half of a given name that the dictionary does not have. 椿 and 森 are words too. */
function isBrokenName({ text, kind }: Token, before: Token | undefined): boolean {
  const family = before !== undefined && before.kind[3] === '姓' && [...before.text.trim()].length > 1
  return family && [...text].length === 1 && kind[0] === '名詞' && kind[2] !== '人名' && kind[1] !== '接尾'
}

const isNumber = ({ text, kind }: Token) =>
  (kind[1] === '数' || kind[1] === '代名詞') && /^(?:\d+|[〇一二三四五六七八九十百千万億何])$/u.test(text.trimStart())

/** The words from there on that are one number. */
function numberAt(tokens: readonly Token[], from: number): Token[] {
  const number: Token[] = []
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token === undefined || !isNumber(token) || (at > from && /^\s/.test(token.text))) break
    number.push(token)
  }
  return number
}

function readNumber(
  number: readonly Token[],
  counter: Token | undefined,
  ofMonth: boolean,
): { text: string; withCounter: boolean } | null {
  const parts = number.map((one) => (hasKanji(one.text) ? one.reading : one.text.trimStart()))
  if (number.some((one) => hasKanji(one.text) && !isKana(one.reading))) return null
  const space = /^\s*/.exec(number[0]?.text ?? '')?.[0] ?? ''
  const numberReading = hiragana(parts.join(''))
  if (counter?.reading == null || !isKana(counter.reading) || !isCounter(counter))
    return { text: space + numberReading, withCounter: false }
  const written = number.map((one) => one.text.trim()).join('')
  const counterReading = hiragana(counter.reading)
  const counted = readCounted({ number: written, numberReading, counter: counter.text, counterReading, ofMonth })
  return { text: space + counted, withCounter: true }
}

/** Single, as 月 after a number is no moon and 人 no ヒト. */
const isCounter = ({ text, kind }: Token) => hasKanji(text) && (kind[2] === '助数詞' || '月日人'.includes(text))

const distance = 0x60
export const hiragana = (text: string) =>
  text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - distance))
