import { expect, it } from 'vitest'
import { romajiSyllables } from './romaji.ts'

it.each([
  ['kokoro', 'こころ'],
  ['shinbun', 'しんぶん'],
  ['shimbun', 'しんぶん'],
  ['sinbun', 'しんぶん'],
  ['tizu', 'ちず'],
  ['chizu', 'ちず'],
  ['huzisan', 'ふじさん'],
  ['fujisan', 'ふじさん'],
  ['tuduki', 'つづき'],
  ['gakkou', 'がっこう'],
  ['matcha', 'まっちゃ'],
  ['maccha', 'まっちゃ'],
  ['syasin', 'しゃしん'],
  ['ryokou', 'りょこう'],
  ["kin'en", 'きんえん'],
  ['kinen', 'きねん'],
  ['konnichiwa', 'こんにちわ'],
  ['annna', 'あんな'],
  ['hon', 'ほん'],
  ['ko-hi-', 'こーひー'],
  ['Tōkyō', 'とおきょお'],
  ['kôbe', 'こおべ'],
  ['vaiorin', 'ゔぁいおりん'],
  ['kwaidan', 'くぁいだん'],
  // Typed so far.
  ['sh', null],
  ['kokor', 'ここ'],
  ['gakk', 'が'],
  ['toukyouk', 'とうきょう'],
  // No romaji.
  ['linux', null],
  ['abc1', null],
  ['ねこ', null],
  ['', null],
])('%s → %s', (word, kana) => {
  expect(romajiSyllables(word)?.join('') ?? null).toBe(kana)
})
