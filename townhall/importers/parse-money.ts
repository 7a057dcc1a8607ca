import { saysNothing } from './parse-date.ts'

/** A money column as it is to be shown; `free` when it says that nothing is to be paid. */
export function parseMoney(raw: string): { text: string | null; free: boolean; repaired?: string } {
  const text = raw.normalize('NFKC').trim()
  if (/^(?:無料|0|0円|なし|無し|入場無料|参加無料)$/.test(text)) {
    return text === '無料' ? { text: '無料', free: true } : { text: '無料', free: true, repaired: `${raw} → 無料` }
  }
  if (saysNothing(text)) return { text: null, free: false }
  const amount = /^([\d,]+)円?$/.exec(text)
  if (amount) {
    const value = `${Number(amount[1]?.replaceAll(',', '')).toLocaleString('ja-JP')}円`
    return value === raw ? { text: value, free: false } : { text: value, free: false, repaired: `${raw} → ${value}` }
  }
  return { text: raw.trim(), free: /^無料/.test(text) }
}
