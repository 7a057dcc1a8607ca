const vowels = ['a', 'i', 'u', 'e', 'o'] as const

/** Consonants with the kana of a i u e o; a dot: there is none. ヘボン式, 訓令式 and 日本式 side by side. */
const rows: Readonly<Record<string, string>> = {
  '': 'あ い う え お',
  k: 'か き く け こ',
  s: 'さ し す せ そ',
  t: 'た ち つ て と',
  n: 'な に ぬ ね の',
  h: 'は ひ ふ へ ほ',
  m: 'ま み む め も',
  y: 'や . ゆ いえ よ',
  r: 'ら り る れ ろ',
  l: 'ら り る れ ろ',
  w: 'わ うぃ . うぇ を',
  g: 'が ぎ ぐ げ ご',
  z: 'ざ じ ず ぜ ぞ',
  d: 'だ ぢ づ で ど',
  b: 'ば び ぶ べ ぼ',
  p: 'ぱ ぴ ぷ ぺ ぽ',
  v: 'ゔぁ ゔぃ ゔ ゔぇ ゔぉ',
  f: 'ふぁ ふぃ ふ ふぇ ふぉ',
  j: 'じゃ じ じゅ じぇ じょ',
  sh: 'しゃ し しゅ しぇ しょ',
  ch: 'ちゃ ち ちゅ ちぇ ちょ',
  ts: 'つぁ つぃ つ つぇ つぉ',
  th: 'てゃ てぃ てゅ てぇ てょ',
  dh: 'でゃ でぃ でゅ でぇ でょ',
  kw: 'くぁ くぃ . くぇ くぉ',
  gw: 'ぐぁ ぐぃ . ぐぇ ぐぉ',
  ky: 'きゃ . きゅ きぇ きょ',
  gy: 'ぎゃ . ぎゅ ぎぇ ぎょ',
  sy: 'しゃ . しゅ しぇ しょ',
  zy: 'じゃ . じゅ じぇ じょ',
  jy: 'じゃ . じゅ じぇ じょ',
  ty: 'ちゃ . ちゅ ちぇ ちょ',
  cy: 'ちゃ . ちゅ ちぇ ちょ',
  dy: 'ぢゃ . ぢゅ ぢぇ ぢょ',
  ny: 'にゃ . にゅ にぇ にょ',
  hy: 'ひゃ . ひゅ ひぇ ひょ',
  by: 'びゃ . びゅ びぇ びょ',
  py: 'ぴゃ . ぴゅ ぴぇ ぴょ',
  my: 'みゃ . みゅ みぇ みょ',
  ry: 'りゃ . りゅ りぇ りょ',
  ly: 'りゃ . りゅ りぇ りょ',
  fy: 'ふゃ . ふゅ . ふょ',
  vy: 'ゔゃ . ゔゅ . ゔょ',
}

const syllables: ReadonlyMap<string, string> = new Map(
  Object.entries(rows).flatMap(([consonant, kana]) =>
    kana.split(' ').flatMap((one, at) => (one === '.' ? [] : [[consonant + vowels[at], one] as const])),
  ),
)

/**
 * ローマ字 as kana, syllable by syllable; null: it is not romaji. A consonant that is still without its vowel is left out,
 * so that what has been typed so far finds already. Long vowels with a bar or a roof (ō, ô) are two vowels.
 */
export function romajiSyllables(word: string): string[] | null {
  const text = spellOut(word)
  if (!/^[a-z][a-z'-]*$/.test(text)) return null
  const found: string[] = []
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at)
    const letter = rest.charAt(0)
    const syllable = [3, 2, 1].map((length) => rest.slice(0, length)).find((part) => syllables.has(part))
    if (syllable !== undefined) {
      found.push(syllables.get(syllable) ?? '')
      at += syllable.length
    } else if (/^n(?:'|$|[^aiueoy])/.test(rest)) {
      found.push('ん')
      // 「nn」 before a consonant or at the end is one ん; before a vowel the second n begins the next syllable.
      at += rest.startsWith("n'") || /^nn(?![aiueoy])/.test(rest) ? 2 : 1
    } else if (/^m[bmp]/.test(rest)) {
      found.push('ん')
      at += 1
    } else if (/^([bcdfghjkpqrstvwyz])\1/.test(rest) || rest.startsWith('tch')) {
      found.push('っ')
      at += 1
    } else if (letter === '-' && found.length > 0) {
      found.push('ー')
      at += 1
    } else if (letter === "'") {
      at += 1
    } else if (/^[bcdfghjklmnpqrstvwyz]{1,2}$/.test(rest)) {
      if (found.at(-1) === 'っ') found.pop()
      return found.length > 0 ? found : null
    } else {
      return null
    }
  }
  return found.length > 0 ? found : null
}

function spellOut(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/([aiueo])[\u0304\u0302]/g, '$1$1')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
}
