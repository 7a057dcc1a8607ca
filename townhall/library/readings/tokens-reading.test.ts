import { describe, expect, it } from 'vitest'
import { readTokens, type Token } from './tokens-reading.ts'

/** 「星:ホシ の:ノ」, with the class behind a second colon where it matters. */
const tokens = (line: string): Token[] =>
  line.split(' ').map((word) => {
    const [text = '', reading = '', kind = '名詞,一般'] = word.split(':')
    return { text: text.replace('_', ' '), reading: reading === '' ? null : reading, kind: kind.split(',') }
  })
const number = '名詞,数'
const counter = '名詞,接尾,助数詞'
const family = '名詞,固有名詞,人名,姓'
const given = '名詞,固有名詞,人名,名'

describe('the words of a title become its reading', () => {
  it.each([
    ['words one after the other', '星:ホシ の:ノ 王子:オウジ さま:サマ', 'ほしのおうじさま'],
    ['kana as it is written', '名:メイ 探偵:タンテイ コナン:', 'めいたんていコナン'],
    ['letters, digits and marks as they are', 'AI: の:ノ 本:ホン ？:？ 24:', 'AIのほん？24'],
    ['the spaces between', '入門:ニュウモン _上級:ジョウキュウ', 'にゅうもん じょうきゅう'],
    ['日本 as libraries read it', '日本:ニッポン の:ノ 昔話:ムカシバナシ', 'にほんのむかしばなし'],
    ['日本 in a longer word', '日本人:ニッポンジン', 'にほんじん'],
    ['町 behind a place', `芽室:メムロ:名詞,固有名詞,地域,一般 町:マチ:名詞,接尾,地域 史:シ`, 'めむろちょうし'],
    ['町 by itself', '小さな:チイサナ 町:マチ', 'ちいさなまち'],
    ['a whole name', `織田:オダ:${family} 信長:ノブナガ:${given}`, 'おだのぶなが'],
    ['a family name with a title', `山田:ヤマダ:${family} 氏:シ:名詞,接尾,人名`, 'やまだし'],
    ['a family name that is a word too', `椿:ツバキ:${family} 姫:ヒメ`, 'つばきひめ'],
  ])('%s', (_, line, reading) => {
    expect(readTokens(tokens(line))).toBe(reading)
  })

  it.each([
    ['a word that is not known', '奇譚: の:ノ 夜:ヨル'],
    ['a repeat mark that the dictionary reads as itself', '星:ホシ 々:々'],
    ['a given name that is not known', `清水:シミズ:${family} 鱗:ウロコ 造:ミヤツコ`],
    ['a number that is not known', `卅:: の:ノ 夢:ユメ`],
  ])('nothing for %s', (_, line) => {
    expect(readTokens(tokens(line))).toBeNull()
  })
})

describe('a number and what it counts are read together', () => {
  const count = (digits: string, word: string) => `${digits} ${word}:${counter}`
  const kanji = (...words: string[]) => words.map((word) => `${word}:${number}`).join(' ')
  it.each([
    ['三匹', count(kanji('三:サン'), '匹:ヒキ'), 'さんびき'],
    ['一本', count(kanji('一:イチ'), '本:ホン'), 'いっぽん'],
    ['六回', count(kanji('六:ロク'), '回:カイ'), 'ろっかい'],
    ['十八歳', count(kanji('十:ジュウ', '八:ハチ'), '歳:サイ'), 'じゅうはっさい'],
    ['六歳', count(kanji('六:ロク'), '歳:サイ'), 'ろくさい'],
    ['二十冊', count(kanji('二:ニ', '十:ジュウ'), '冊:サツ'), 'にじゅっさつ'],
    ['四年', count(kanji('四:ヨン'), '年:ネン'), 'よねん'],
    ['何本', count('何:ナン:名詞,代名詞,一般', '本:ホン'), 'なんぼん'],
    ['一人', count(kanji('一:イチ'), '人:ニン'), 'ひとり'],
    ['十勝', count(kanji('十:ジュウ'), '勝:ショウ'), 'とかち'],
    ['十一人', count(kanji('十:ジュウ', '一:イチ'), '人:ニン'), 'じゅういちにん'],
    ['2人', count(kanji('2:'), '人:ニン'), 'ふたり'],
    ['3匹, digits as a child reads them', count(kanji('3:'), '匹:ヒキ'), '3びき'],
    ['11匹', count(kanji('11:'), '匹:ヒキ'), '11ぴき'],
    ['100本', count(kanji('100:'), '本:ホン'), '100ぽん'],
    ['5冊', count(kanji('5:'), '冊:サツ'), '5さつ'],
    ['第2巻', `第:ダイ:接頭詞,数接続 ${count(kanji('2:'), '巻:カン')}`, 'だい2かん'],
    ['100万回', count(kanji('100:', '万:マン'), '回:カイ'), '100まんかい'],
    ['四月', `${kanji('四:ヨン')} 月:ツキ`, 'しがつ'],
    ['12月', `${kanji('12:')} 月:ツキ`, '12がつ'],
    ['4日', count(kanji('4:'), '日:ニチ'), 'よっか'],
    ['二十日', count(kanji('二:ニ', '十:ジュウ'), '日:ニチ'), 'はつか'],
    ['15日', count(kanji('15:'), '日:ニチ'), '15にち'],
    ['一日, a day long', count(kanji('一:イチ'), '日:ニチ'), 'いちにち'],
    ['4月1日', `${kanji('4:')} 月:ツキ ${count(kanji('1:'), '日:ニチ')}`, '4がつついたち'],
    ['a number that counts nothing', `${kanji('三:サン')} 銃士:ジュウシ`, 'さんじゅうし'],
  ])('%s', (_, line, reading) => {
    expect(readTokens(tokens(line))).toBe(reading)
  })
})
