const timeZone = 'Asia/Tokyo'
const full = new Intl.DateTimeFormat('ja-JP', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone,
})

const dayOnly = new Intl.DateTimeFormat('ja-JP', {
  ...{ year: 'numeric', month: 'numeric', day: 'numeric', weekday: 'short', timeZone },
})

/** A day of Tokyo, `2026-11-27`, as every other date here is written: 2026/11/27(金). */
export const day = (iso: string) => dayOnly.format(Date.parse(`${iso}T12:00:00+09:00`))

export const dateTime = (ms: number) => full.format(ms)

/** 3分前, 2日前: how long ago, in the largest unit that fits. */
export function agoInWords(ms: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - ms) / 1000))
  if (seconds < 60) return '1分以内'
  return `${spanInWords(seconds * 1000)}前`
}

export function spanInWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 60) return `${seconds}秒`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}分`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours}時間`
  return `${Math.floor(hours / 24)}日`
}

export const number = (value: number) => value.toLocaleString('ja-JP')

/** Bytes in the unit that people know from their folders. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_000_000) return `${number(Math.ceil(bytes / 1000))} KB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`
}
