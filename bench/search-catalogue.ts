// A library that was never there: seeded, with words, names and publishers as often as in a real one (few very often, many once).
import type { LibraryRecord } from '../contract/library/record.ts'

const kanji =
  '日にち 本ほん 人じん 大だい 学がく 生せい 会かい 時じ 国こく 出しゅつ 年ねん 長ちょう 行こう 社しゃ 分ぶん 後ご 前ぜん 新しん 地ち 場じょう 間かん 心しん 手しゅ 書しょ 話わ 気き 海かい 山さん 川せん 空くう 風ふう 花か 鳥ちょう 月げつ 星せい 森しん 林りん 水すい 火か 土ど 木もく 金きん 石せき 雪せつ 雨う 春しゅん 夏か 秋しゅう 冬とう 東とう 西せい 南なん 北ほく 道どう 町ちょう 村そん 市し 県けん 都と 京きょう 家か 族ぞく 父ふ 母ぼ 子し 友ゆう 恋れん 愛あい 夢む 旅りょ 食しょく 料りょう 理り 科か 数すう 文ぶん 化か 歴れき 史し 世せい 界かい 物ぶつ 語ご 音おん 楽がく 美び 術じゅつ 絵かい 画が 映えい 体たい 育いく 医い 薬やく 農のう 業ぎょう 工こう 商しょう 経けい 済ざい 法ほう 律りつ 政せい 治ち 戦せん 争そう 平へい 和わ 自じ 由ゆう 教きょう 室しつ 探たん 検けん 冒ぼう 険けん 魔ま 女じょ 王おう 宮きゅう 殺さつ 事じ 件けん 名めい 犬けん 猫びょう 馬ば 牛ぎゅう 魚ぎょ 虫ちゅう 草そう 実じつ 紙し 色しょく 光こう 影えい 声せい 言げん 葉よう 橋きょう 船せん 車しゃ 駅えき 店てん 島とう 湖こ 谷こく 原げん 野や 高こう 小しょう 白はく 黒こく 赤せき 青せい 一いち 二に 三さん 四し 五ご 六ろく 七しち 八はち 九きゅう 十じゅう 百ひゃく 千せん 万まん'
    .split(' ')
    .map((one) => ({ written: one.charAt(0), read: one.slice(1) }))
const kana =
  'の に と が は を も で へ から まで ための たのしい はじめての やさしい ふしぎな ちいさな おおきな みんなの わたしの ぼくの きょうの あたらしい うつくしい さいごの'.split(
    ' ',
  )
const foreign =
  'コンピューター データ サーバー プログラム スポーツ ヴァイオリン ピアノ ミステリー ファンタジー ケーキ パン コーヒー サッカー ヨーロッパ アメリカ アフリカ デザイン マネー ビジネス マーケティング コミュニケーション エネルギー ロボット インターネット クラシック メモリー ストーリー カレー スープ ガーデン'.split(
    ' ',
  )
const latin = ['Python', 'Java', 'AI', 'SDGs', 'English', 'DIY', 'Excel', 'NHK', 'DNA', 'IoT']
const families =
  '佐藤さとう 鈴木すずき 高橋たかはし 田中たなか 伊藤いとう 渡邊わたなべ 山本やまもと 中村なかむら 小林こばやし 加藤かとう 吉田よしだ 山田やまだ 佐々木ささき 山口やまぐち 松本まつもと 井上いのうえ 木村きむら 林はやし 斎藤さいとう 清水しみず 山崎やまざき 阿部あべ 森もり 池田いけだ 橋本はしもと 石川いしかわ 山下やました 小川おがわ 石井いしい 長谷川はせがわ 後藤ごとう 岡田おかだ 近藤こんどう 前田まえだ 藤田ふじた 遠藤えんどう 青木あおき 坂本さかもと 村上むらかみ 太田おおた 國分こくぶん 龍野たつの 濱田はまだ 髙木たかぎ 星野ほしの 夏目なつめ 東野ひがしの 宮部みやべ 湊みなと 𠮷野よしの'.split(
    ' ',
  )
const kinds = [
  'book',
  'book',
  'book',
  'book',
  'book',
  'book',
  'picture-book',
  'picture-book',
  'large-print',
  'magazine',
  'cd',
  'dvd',
] as const

export type Random = () => number
/** Mulberry32: small, seeded, good enough for made catalogues. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Written = { written: string; read: string }

/** The first ones often, the last ones hardly ever (Zipf, roughly). */
const often = <One>(all: readonly One[], random: Random): One => all[Math.floor(all.length ** random()) - 1] as One
const evenly = <One>(all: readonly One[], random: Random): One => all[Math.floor(random() * all.length)] as One

function word(random: Random): Written {
  const chance = random()
  if (chance < 0.08) {
    const one = often(latin, random)
    return { written: one, read: one }
  }
  if (chance < 0.28) {
    const one = often(foreign, random)
    return { written: one, read: one }
  }
  const characters = [evenly(kanji, random), often(kanji, random)].slice(0, random() < 0.85 ? 2 : 1)
  return joined(characters)
}

const joined = (parts: readonly Written[]): Written => ({
  written: parts.map((part) => part.written).join(''),
  read: parts.map((part) => part.read).join(''),
})
const inKana = (text: string): Written => ({ written: text, read: text })
const katakana = (text: string) => text.replace(/[ぁ-ゖ]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0x60))

function title(random: Random): Written {
  const parts = [word(random)]
  if (random() < 0.3) parts.unshift(inKana(evenly(kana.slice(10), random)))
  const more = Math.floor(random() * 3)
  for (let at = 0; at < more; at += 1) parts.push(inKana(evenly(kana.slice(0, 11), random)), word(random))
  if (random() < 0.2) parts.push(evenly([inKana('入門'), inKana('大全'), inKana('図鑑'), inKana('の本')], random))
  return joined(parts)
}

/** All records of a catalogue, one after the other; the same for the same seed. */
export function* madeRecords(titles: number, seed: number, firstId = 0): Generator<LibraryRecord> {
  const random = seeded(seed)
  const authors = Array.from({ length: Math.max(50, Math.floor(titles / 4)) }, () => {
    const family = evenly(families, random)
    const at = family.search(/[ぁ-ん]/)
    const given = joined([evenly(kanji, random), evenly(kanji, random)])
    return {
      name: family.slice(0, at) + given.written,
      reading: `${katakana(family.slice(at))}, ${katakana(given.read)}`,
    }
  })
  const publishers = Array.from(
    { length: Math.max(20, Math.floor(titles / 200)) },
    () => `${word(random).written}${evenly(['社', '書店', '出版', '書房', '新聞社', '館'], random)}`,
  )
  const series = Array.from(
    { length: Math.max(20, Math.floor(titles / 50)) },
    () => `${word(random).written}${evenly(['文庫', '新書', 'シリーズ', '叢書'], random)}`,
  )
  for (let at = 0; at < titles; at += 1) {
    const named = title(random)
    const ndc = String(Math.floor(1000 * random() ** 0.7)).padStart(3, '0')
    const serial = String(100_000_000 + (((firstId + at) * 7919) % 900_000_000))
    yield {
      id: `t${firstId + at}`,
      kind: evenly(kinds, random),
      title: named.written,
      titleReading: katakana(named.read),
      ...(random() < 0.25 && { subtitle: title(random).written }),
      ...(random() < 0.2 && { volume: String(1 + Math.floor(random() * 30)) }),
      authors: Array.from({ length: 1 + Math.floor(random() * 1.5) }, () => often(authors, random)),
      series: random() < 0.3 ? [{ name: often(series, random) }] : [],
      publisher: often(publishers, random),
      year: 2026 - Math.floor(60 * random() ** 2),
      subjects: Array.from({ length: Math.floor(random() * 3) }, () => word(random).written),
      ndc: random() < 0.6 ? ndc : `${ndc}.${Math.floor(random() * 10)}`,
      isbn: `978${serial}0`,
      extent: `${50 + Math.floor(random() * 500)}p ; ${15 + Math.floor(random() * 20)}cm`,
      aboutTown: random() < 0.01,
      loans: Math.floor(random() ** 6 * 2000),
      arrived: new Date(Date.UTC(2000, 0, 1) + Math.floor(random() * 9_800) * 86_400_000).toISOString().slice(0, 10),
      ...(random() < 0.1 && { ages: { from: Math.floor(random() * 4), to: 4 + Math.floor(random() * 5) } }),
      holdings: Array.from({ length: 1 + Math.floor(random() * 1.3) }, () => ({
        item: String(1_000_000 + firstId + at),
        branch: 'main',
        shelf: `shelf-${Math.floor(Number(ndc) / 25)}`,
        callNumber: `${ndc}/${katakana(evenly(families, random).replace(/^[^ぁ-ん]+/, '')).charAt(0) || 'ア'}`,
        readingRoomOnly: random() < 0.05,
      })),
    }
  }
}
