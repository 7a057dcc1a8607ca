/** `If-Range` (RFC 9110 §13.1.5): a range is of use only to whoever has the beginning of this very file, told by its strong tag. */
export function decideIfRange(range: string | undefined, ifRange: string | undefined, tag: string | null) {
  return ifRange === undefined || ifRange === tag ? range : undefined
}

/**
 * One range of bytes as RFC 9110 §14 writes it. Several at once, and units other than bytes, may be answered whole.
 * @returns both ends inclusive; null: the whole; `refused`: nothing of it is there (416)
 */
export function decideRange(
  header: string | undefined,
  sizeBytes: number,
): { start: number; end: number } | 'refused' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (match === null || (match[1] === '' && match[2] === '')) return null
  const [, first = '', last = ''] = match
  if (first === '') {
    const start = Math.max(0, sizeBytes - Number(last))
    return start >= sizeBytes ? 'refused' : { start, end: sizeBytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= sizeBytes ? 'refused' : { start, end }
}
