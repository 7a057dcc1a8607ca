type Contributor = { name: string; reading?: string }

const role =
  /(?:[\s　]*[[(［（【]?(?:ほか|他)?[\s　]*(?:著者?|編著者?|共著|著作|作者?|作・絵|さく|文|ぶん|絵|え|画|訳者?|翻訳者?|共訳|編者?|編集|編纂|監修者?|監訳|校注|校訂|注|写真|撮影|原作|原案|原著|作詞|作曲|演奏|監督|出演|脚本|構成|イラスト|装幀|解説|述|選|撰|歌|朗読|author|translator)[\]）)］】]?)+$/u
const dates = /[,，、]?\s*[(（]?(?:\d{4}\??\s*[-‐–~〜]\s*(?:\d{4}\??)?|\d{4}生)[)）]?\s*\.?$/u
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** A statement of responsibility or a list of names: 「夏目漱石／著」, 「夏目, 漱石, 1867-1916」, 「A 文 ; B 絵」, 「A、B／共著」. */
export function parseNames(raw: string): string[] {
  const names: string[] = []
  for (const part of raw
    .slice(0, 4_000)
    .split(
      /[;；|｜\n]|\s+\/\s+|[／/](?![\s　]*(?:ほか|他)?[\s　]*(?:[共編]*著|作|さく|文|ぶん|絵|え|画|[共監]?訳|編|監|校|写真|撮|原|述|選|撰))/u,
    )) {
    // 「A、B」 are two; 「A, B」 in Japanese letters is one, family name first.
    for (const piece of part.split('、')) {
      const name = plainName(piece)
      if (name !== '' && !names.includes(name)) names.push(name)
    }
  }
  return names
}

/** One name without role and years, a comma after the family name taken out where the script needs none. */
export function plainName(raw: string): string {
  let name = raw.replace(/[／/]/g, ' ').trim()
  for (let before = ''; before !== name; ) {
    before = name
    name = name.replace(dates, '').trim()
    const shorter = name.replace(role, '').trim()
    // 「選」 or 「作」 alone, or 「高橋画」 with one letter before it, may be all of a name.
    if (shorter !== '' && (shorter.length > 1 || /[\s　[(［（]/.test(name))) name = shorter
  }
  if (!japanese.test(name)) return name.replace(/[,，]$/, '').trim()
  const kanaOnly = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・＝\s,，]+$/u.test(name)
  return name.replace(/[,，][\s　]*/g, kanaOnly ? ' ' : '').trim()
}

/** Readings go to names by their place, as far as both lists agree. */
export function pairReadings(names: readonly string[], readings: readonly string[]): Contributor[] {
  const agree = names.length === readings.length
  return names.map((name, at) => {
    const reading = agree || at === 0 ? readings[at] : undefined
    return reading === undefined || reading === '' ? { name } : { name, reading }
  })
}
