import ICAL from 'ical.js'
import type { Parsed } from './parse-date.ts'
import { saysNothing } from './parse-date.ts'

const days: Record<string, string> = { 月: 'MO', 火: 'TU', 水: 'WE', 木: 'TH', 金: 'FR', 土: 'SA', 日: 'SU' }
const dayList = '[月火水木金土日](?:曜日?)?(?:[・、と,][月火水木金土日](?:曜日?)?)*'
const digitsOf = (text: string) => (text.match(/\d+/g) ?? []).map(Number)
const daysOf = (text: string) =>
  [...text.replace(/曜日?/g, '').matchAll(/[月火水木金土日]/g)].map((match) => days[match[0]] ?? '')

/**
 * 繰り返し in the words of staff (毎週水曜日, 毎月第2土曜日, 毎年2月14日 …) as an RFC 5545 RRULE value; a rule written as such is taken as it is.
 */
export function parseRepeat(raw: string): Parsed<string> {
  const text = raw.normalize('NFKC').replace(/\s/g, '')
  if (saysNothing(text) || /^(?:繰り?返し|くりかえし)なし$/.test(text)) return { kind: 'empty' }
  const rule = ruleIn(text)
  if (rule === null) return { kind: 'refused', reason: unreadable }
  const days = daysOfRule(rule)
  if (days === 'unreadable') return { kind: 'refused', reason: unreadable }
  if (days === 'none') return { kind: 'refused', reason: 'カレンダーにない日です。' }
  return { kind: 'value', value: rule }
}

const unreadable =
  '繰り返しとして読めません（例：毎週水曜日、毎月第2土曜日、毎月15日、毎年2月14日、毎年8月第1土曜日）。'

function ruleIn(text: string): string | null {
  const rule = /^(?:RRULE:)?(FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[A-Z0-9,+-]+)*)$/i.exec(text)
  if (rule) return rule[1]?.toUpperCase() ?? null
  if (text === '毎日') return 'FREQ=DAILY'
  if (text === '平日' || text === '毎平日') return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'

  const weekly = new RegExp(`^(毎週|隔週)(${dayList})$`).exec(text)
  if (weekly) {
    const interval = weekly[1] === '隔週' ? ';INTERVAL=2' : ''
    return `FREQ=WEEKLY${interval};BYDAY=${daysOf(weekly[2] ?? '').join(',')}`
  }
  // 毎月 and 毎年8月 share how they name their day.
  const part = /^毎(月|年(\d{1,2})月)(.+)$/.exec(text)
  if (part) {
    const yearly = part[1] !== '月'
    const month = Number(part[2])
    const on = dayRule(part[3] ?? '')
    if (on && (!yearly || (month >= 1 && month <= 12))) {
      return yearly ? `FREQ=YEARLY;BYMONTH=${month};${on}` : `FREQ=MONTHLY;${on}`
    }
  }
  return null
}

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the kiosk can read the rule, and each day of its months exists: 2月30日 would otherwise slide into March. */
function daysOfRule(rule: string): 'some' | 'none' | 'unreadable' {
  try {
    const parts: Record<string, unknown[]> = ICAL.Recur.fromString(rule).parts
    const [months = [], dates = []] = [parts.BYMONTH, parts.BYMONTHDAY]
    const exist = months.every((month) =>
      dates.every((date) => Number(date) <= (longestMonths[Number(month) - 1] ?? 0)),
    )
    return exist ? 'some' : 'none'
  } catch {
    return 'unreadable'
  }
}

function dayRule(text: string): string | null {
  const nth = new RegExp(`^(第\\d(?:[・、,]第?\\d)*)(${dayList})$`).exec(text)
  if (nth) {
    const weeks = digitsOf(nth[1] ?? '')
    if (weeks.some((week) => week < 1 || week > 5)) return null
    return `BYDAY=${weeks.flatMap((week) => daysOf(nth[2] ?? '').map((day) => `${week}${day}`)).join(',')}`
  }
  const last = new RegExp(`^(?:最終|最後の)(${dayList})$`).exec(text)
  if (last)
    return `BYDAY=${daysOf(last[1] ?? '')
      .map((day) => `-1${day}`)
      .join(',')}`
  const date = /^(\d{1,2})日(?:[・、,](\d{1,2})日)*$/.exec(text)
  if (date) {
    const dates = digitsOf(text)
    return dates.every((day) => day >= 1 && day <= 31) ? `BYMONTHDAY=${dates.join(',')}` : null
  }
  return text === '末日' || text === '月末' ? 'BYMONTHDAY=-1' : null
}
