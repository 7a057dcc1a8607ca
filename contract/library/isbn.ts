/** The ten-digit form of an ISBN-13 that begins with 978 (ISO 2108 annex); null for the others, which have none. */
export function isbn10Of(isbn13: string): string | null {
  if (!/^978\d{10}$/.test(isbn13)) return null
  const body = isbn13.slice(3, 12)
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0)
  const check = (11 - (sum % 11)) % 11
  return body + (check === 10 ? 'x' : String(check))
}
