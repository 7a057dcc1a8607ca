import { dayOfMonth, dayOfWeek } from '../dates.ts'
import type { LibraryWords } from './ja.ts'

const weekdays = ['にち', 'げつ', 'か', 'すい', 'もく', 'きん', 'ど']
/** 11がつ24にち（か） */
export const dayInKana = (day: string) =>
  `${Number(day.slice(5, 7))}がつ${dayOfMonth(day)}にち（${weekdays[dayOfWeek(day)] ?? ''}）`

export const rangeInKana = (from: number, to: number, total: number) => `${from}〜${to}ばんめ ／ ${total}`

/** On the switch, read by whoever stands there; and back, read by the child. */
export const childrenSwitch = { on: 'こどもモード', off: 'ふつうに もどす' }

/** For those who read kana only. */
export const children: LibraryWords = {
  title: 'ほんを さがす',
  field: 'ほんの なまえ',
  clear: 'けす',
  keyboard: 'もじを うつ',
  genres: 'えで えらぶ',
  newest: 'あたらしい ほん',
  popular: 'にんきの ほん',
  ages: 'えほん',
  town: 'めむろの ほん',
  all: 'ぜんぶ みる',
  narrow: 'えらぶ',
  found: '{{n}}さつ',
  results: 'みつかった ほん',
  noResults: 'みつからなかったよ。',
  maybe: 'もしかして',
  askCounter: 'としょかんの ひとに きいてみてね。',
  otherWay: 'ほかの さがしかた',
  kind: 'しゅるい',
  shelf: 'たな',
  year: 'でた とし',
  anyKind: 'ぜんぶの しゅるい',
  anyShelf: 'ぜんぶの たな',
  anyYear: 'ぜんぶの とし',
  onlyIn: 'いま あるもの',
  decade: '{{year}}ねんから',
  age: '{{n}}さい',
  ageFrom: '{{n}}さいから',
  copies: '{{n}}さつ',
  in: 'かりられるよ',
  out: 'かしだしちゅう',
  due: '{{day}}まで',
  readingRoom: 'としょかんで よめるよ',
  unknown: 'いまは わからないよ',
  checking: 'しらべているよ',
  asOf: '{{time}}の ようす',
  atCounter: 'としょかんの ひとに きいてね。',
  publisher: 'つくった ところ',
  series: 'シリーズ',
  genre: 'なかま',
  callNumber: 'せの ラベル',
  readingGuess: 'よみかたは、まちがっているかも。',
  extent: 'かたち',
  where: 'ある ところ',
  seePlace: 'たなの ばしょ',
  hereItIs: 'ここに あるよ',
  neighbours: 'となりの ほん',
  slip: 'もちかえる',
  slipBody: 'スマホの カメラで うつしてね。ほんの ばしょを もちかえれるよ。',
  reserve: 'よやく する',
  reserveBody: 'おうちの ひとの スマホで うつしてね。よやくの ページが ひらくよ。',
  reserveHere: 'この がめんで よやく する',
  reserveByPhone: 'スマホで よやく する',
  reserveCut: 'いまは この がめんで よやく できないよ。スマホでは できるよ。',
  gone: 'この ほんは、いまは ないみたい。',
  preparing: 'いま じゅんび しているよ。すこし まってね。',
  elsewhere: 'ほかの あんない',
  kinds: {
    book: 'ほん',
    'picture-book': 'えほん',
    'large-print': 'おおきな もじ',
    magazine: 'ざっし',
    cd: 'CD',
    dvd: 'DVD',
    other: 'そのほか',
  },
  ndc: 'しらべる|こころ|むかしと せかい|くらし|いきもの・うちゅう|つくる・のりもの|はたらく|え・おんがく・スポーツ|ことば|おはなし'.split(
    '|',
  ),
  ndc2: [
    'いろいろ|ほん・としょかん|ほんの もくろく|ひゃっか じてん|おはなし かい|ざっし|はくぶつかん|しんぶん|ぜんしゅう|めずらしい ほん',
    'かんがえる|なぜ だろう|アジアの かんがえ|せいようの かんがえ|こころ|いきかた|いのり|じんじゃ|おてら|きょうかい',
    'れきし|にほんの むかし|アジアの むかし|ヨーロッパの むかし|アフリカの むかし|アメリカの むかし|みなみアメリカの むかし|うみの くに・なんきょく|すごい ひと|ちず・りょこう',
    'しゃかい|せいじ|きまり|おかねの しくみ|ぜいきん|かずで みる|しごと・たすけあい|がっこう|ぎょうじ・むかしばなし|くにを まもる',
    'かがく|さんすう|ちからと ひかり|まぜる・かわる|うちゅう・ほし|ちきゅう・きょうりゅう|いきもの|はな・くさ・き|どうぶつ・むし|からだ',
    'ぎじゅつ|みち・はし|たてもの|くるま・ひこうき|でんき・パソコン|ふね|てつ・きんぞく|くすり・プラスチック|ものづくり|りょうり・てづくり',
    'しごと|はたけ|はなを そだてる|かいこ|うし・うま・ペット|もり|さかな|おみせ|でんしゃ|テレビ・でんわ',
    'えと おんがく|ちょうこく|え・まんが|はんが|しゃしん|おりがみ・こうさく|おんがく|げき・えいが|スポーツ|あそび・ゲーム',
    'ことば|にほんご|アジアの ことば|えいご|ドイツの ことば|フランスの ことば|スペインの ことば|イタリアの ことば|ロシアの ことば|ほかの ことば',
    'おはなし|にほんの おはなし|アジアの おはなし|イギリス・アメリカ|ドイツの おはなし|フランスの おはなし|スペインの おはなし|イタリアの おはなし|ロシアの おはなし|ほかの くに',
  ].map((row) => row.split('|')),
}
