import holidays from '@holiday-jp/holiday_jp'

const known = new Set(Object.keys(holidays.holidays))

/** 国民の祝日・休日, by YYYY-MM-DD. */
export const isJapaneseHoliday = (day: string): boolean => known.has(day)
