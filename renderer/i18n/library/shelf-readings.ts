import { type RubyPart, splitRuby } from '../split-ruby.ts'

/** Words that libraries, floors and shelves are named with. The catalogue has readings of titles, not of places. */
const readings = new Map(
  '図書館=としょかん 図書室=としょしつ 分館=ぶんかん 分室=ぶんしつ 本館=ほんかん 芽室町=めむろちょう 芽室=めむろ 町立=ちょうりつ 絵本=えほん 児童書=じどうしょ 児童=じどう 一般書=いっぱんしょ 一般=いっぱん 文学=ぶんがく 小説=しょうせつ 文庫=ぶんこ 新書=しんしょ 郷土資料=きょうどしりょう 郷土=きょうど 資料=しりょう 参考図書=さんこうとしょ 参考=さんこう 大活字=だいかつじ 大型=おおがた 活字=かつじ 雑誌=ざっし 新聞=しんぶん 漫画=まんが 紙芝居=かみしばい 視聴覚=しちょうかく 地図=ちず 辞典=じてん 事典=じてん 百科=ひゃっか 歴史=れきし 地理=ちり 伝記=でんき 科学=かがく 自然=しぜん 社会=しゃかい 芸術=げいじゅつ 音楽=おんがく 産業=さんぎょう 技術=ぎじゅつ 言語=げんご 哲学=てつがく 総記=そうき 外国語=がいこくご 外国=がいこく 英語=えいご 日本=にほん 新着=しんちゃく 閉架=へいか 開架=かいか 書庫=しょこ 移動図書館=いどうとしょかん 受付=うけつけ 窓口=まどぐち 公民館=こうみんかん 中央=ちゅうおう 見本=みほん 図書=としょ 大きな=おおきな 小さな=ちいさな 新しい=あたらしい 調べもの=しらべもの 読みもの=よみもの 物語=ものがたり 昔話=むかしばなし 本=ほん 棚=たな 階=かい 館=かん 室=しつ'
    .split(' ')
    .map((pair): [string, string] => {
      const [word = '', reading = ''] = pair.split('=')
      return [word, reading]
    }),
)
const longest = Math.max(...[...readings.keys()].map((word) => word.length))

/** A name of a place with readings over the words that are known; the longest word wins. */
export function shelfReadings(name: string): RubyPart[] {
  const parts: RubyPart[] = []
  for (let at = 0; at < name.length; ) {
    const word = wordAt(name, at)
    const text = word ?? name.charAt(at)
    const last = parts.at(-1)
    if (word !== null) parts.push(...splitRuby(word, readings.get(word) ?? ''))
    else if (last && last.reading === null) last.text += text
    else parts.push({ text, reading: null })
    at += text.length
  }
  return parts
}

function wordAt(name: string, at: number): string | null {
  for (let letters = longest; letters > 0; letters -= 1) {
    const word = name.slice(at, at + letters)
    if (readings.has(word)) return word
  }
  return null
}
