export type Parsed<T> =
  | { kind: 'value'; value: T; repaired?: string }
  | { kind: 'empty' }
  | { kind: 'refused'; reason: string }

const eras: Record<string, number> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
  大正: 1911,
  T: 1911,
  明治: 1867,
  M: 1867,
}
/** 7-digit 和暦 of the town's older systems: first digit the era. */
const eraDigits: Record<string, number> = { 1: 1867, 2: 1911, 3: 1925, 4: 1988, 5: 2018 }

/** Signs by which offices say "nothing". */
export const saysNothing = (text: string) => /^(?:[-－ー―–—*＊…・]+|△|なし|無し|該当なし)?$/.test(text)

/** A date as offices write it (2026-04-01, 2026/4/1, 令和8年4月1日, R8.4.1, 5080401, 20260401) as `YYYY-MM-DD`. */
export function parseDate(raw: string): Parsed<string> {
  const text = raw.normalize('NFKC').trim()
  if (saysNothing(text)) return { kind: 'empty' }
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (iso) return checked(Number(iso[1]), Number(iso[2]), Number(iso[3]), raw, false)
  const bare = text
    .replace(/\s/g, '')
    .replace(/\([月火水木金土日](?:曜日?)?\)$/, '')
    .replace(/T00:00(?::00)?$/, '')
  const western = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare)
  if (western) return checked(Number(western[1]), Number(western[2]), Number(western[3]), raw, true)
  const era = /^(令和|平成|昭和|大正|明治|[RHSTM])(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/i.exec(bare)
  if (era) {
    const base = eras[era[1]?.toUpperCase() ?? ''] ?? 0
    return checked(base + (era[2] === '元' ? 1 : Number(era[2])), Number(era[3]), Number(era[4]), raw, true)
  }
  const digits = /^([1-5])(\d{2})(\d{2})(\d{2})$/.exec(bare)
  if (digits)
    return checked(
      (eraDigits[digits[1] ?? ''] ?? 0) + Number(digits[2]),
      Number(digits[3]),
      Number(digits[4]),
      raw,
      true,
    )
  return { kind: 'refused', reason: '日付として読めません（例：2026-04-01、令和8年4月1日）。' }
}

function checked(year: number, month: number, day: number, raw: string, rewritten: boolean): Parsed<string> {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return { kind: 'refused', reason: 'カレンダーにない日付です。' }
  }
  const value = date.toISOString().slice(0, 10)
  return rewritten ? { kind: 'value', value, repaired: `${raw} → ${value}` } : { kind: 'value', value }
}

/** A time (09:00, 9:00, 17：00, 9時30分, 24:00) as `HH:MM`. */
export function parseTime(raw: string): Parsed<string> {
  const text = raw.normalize('NFKC').trim()
  if (saysNothing(text)) return { kind: 'empty' }
  const match = /^(\d{1,2})(?::(\d{2})(?::00)?|時(?:(\d{1,2})分|(半))?)$/.exec(text)
  const hour = Number(match?.[1])
  const minute = match?.[4] ? 30 : Number(match?.[2] ?? match?.[3] ?? 0)
  if (!match || minute > 59 || hour > 24 || (hour === 24 && minute > 0))
    return { kind: 'refused', reason: '時刻として読めません（例：09:00）。' }
  const value = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return value === raw ? { kind: 'value', value } : { kind: 'value', value, repaired: `${raw} → ${value}` }
}
