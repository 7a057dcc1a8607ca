import type { Language } from '../../contract/localized-text.ts'

const zone = { timeZone: 'Asia/Tokyo' } as const
const kept = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const found = kept.get(key) ?? new Intl.DateTimeFormat(language, options)
  kept.set(key, found)
  return found
}

/** A calendar day as UTC noon: the same day in Tokyo, whatever the machine's zone. */
const noon = (day: string) => Date.parse(`${day}T03:00:00Z`)

/** 11月24日（火） / Tue, 24 November */
export function dayText(day: string, language: Language, withYear = false): string {
  if (language === 'ja') {
    const date = format('ja', {
      ...zone,
      ...(withYear ? { year: 'numeric' as const } : {}),
      month: 'long',
      day: 'numeric',
    }).format(noon(day))
    return `${date}（${weekday(day, 'ja')}）`
  }
  return format(language, {
    ...zone,
    ...(withYear ? { year: 'numeric' as const } : {}),
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(noon(day))
}
export const weekday = (day: string, language: Language) =>
  format(language, { ...zone, weekday: 'short' }).format(noon(day))
export const monthText = (day: string, language: Language) =>
  format(language, { ...zone, month: language === 'en' || language === 'vi' ? 'short' : 'long' }).format(noon(day))
export const dayOfMonth = (day: string) => Number(day.slice(8, 10))
export const clockText = (ms: number) =>
  format('ja', { ...zone, hour: '2-digit', minute: '2-digit', hour12: false }).format(ms)
/** `YYYY-MM-DD` in Asia/Tokyo. */
export const tokyoDay = (ms: number) => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10)

export function addDays(day: string, days: number): string {
  return new Date(noon(day) + days * 86_400_000).toISOString().slice(0, 10)
}
/** 0 Sunday … 6 Saturday. */
export const dayOfWeek = (day: string) => new Date(noon(day)).getUTCDay()
