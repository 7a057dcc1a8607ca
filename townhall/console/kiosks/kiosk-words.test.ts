import { describe, expect, it } from 'vitest'
import { healthCodes } from '../../../contract/health.ts'
import { healthInWords } from './health-words.ts'
import { clockInWords, sequenceInWords, stateOf } from './kiosk-words.ts'

const status = {
  softwareVersion: '1',
  contractVersion: 1,
  host: 'headless',
  releaseNumber: 1,
  lastSequence: 0,
  outboxDepth: 0,
  oldestUnsentAtMs: null,
  clockOffsetMs: 0,
  freeDiskBytes: null,
  uptimeMs: 0,
  screenAlive: true,
} as const

describe('a kiosk in words', () => {
  it.each([
    [{ state: 'active', silent: false, lastHeardAtMs: 1, status }, '動いている'],
    [{ state: 'active', silent: true, lastHeardAtMs: 1, status }, '連絡がとだえている'],
    [{ state: 'active', silent: true, lastHeardAtMs: null, status: null }, 'まだ連絡がない'],
    [
      { state: 'active', silent: false, lastHeardAtMs: 1, status: { ...status, screenAlive: false } },
      '画面が動いていない',
    ],
    [{ state: 'revoked', silent: false, lastHeardAtMs: 1, status }, '登録を取り消した'],
  ] as const)('%#: %s', (kiosk, word) => expect(stateOf(kiosk).word).toBe(word))

  it('says which numbers are missing', () => {
    const sequence = { acknowledgedThrough: 1204, highestKnown: 1300 }
    expect(sequenceInWords({ ...sequence, missing: [] })).toEqual({ unbroken: true, words: '欠番なし（1,204番まで）' })
    expect(
      sequenceInWords({
        ...sequence,
        missing: [
          { from: 1205, to: 1205 },
          { from: 1210, to: 1219 },
        ],
      }),
    ).toEqual({ unbroken: false, words: '1,205番、1,210〜1,219番が届いていません（11件）' })
    const many = Array.from({ length: 9 }, (_, n) => ({ from: n * 2 + 1, to: n * 2 + 1 }))
    expect(sequenceInWords({ ...sequence, missing: many }).words).toBe('1番、3番、5番などが届いていません（9件）')
  })

  it('says which way a clock is wrong', () => {
    expect(clockInWords(null)).toBe('まだ比べていません')
    expect(clockInWords(1_500)).toBe('合っています')
    expect(clockInWords(180_000)).toContain('3分遅れ')
    expect(clockInWords(-180_000)).toContain('3分進み')
  })

  it('has a Japanese sentence for every health code, and hides particulars it has no word for', () => {
    for (const code of healthCodes)
      expect(healthInWords({ code, detail: {} }).sentence).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
    expect(healthInWords({ code: 'release-fetch-failed', detail: { release: 4, error: 'disk-full' } })).toEqual({
      sentence: '公開を受け取れませんでした。あとでもう一度ためします',
      particulars: '原因：端末のディスクの空きが足りません、公開番号：4',
    })
    expect(healthInWords({ code: 'release-activated', detail: { release: 4, secret: 'x' } }).particulars).toBe(
      '公開番号：4',
    )
  })
})
