/** An ISBN as libraries write it (hyphens, 全角, a word after it, ten digits) as thirteen digits. null: none, or a digit is wrong. */
export function parseIsbn(raw: string): string | null {
  // Qualifiers of cataloguing stand behind it: 「978-4-00-310101-8 (上)」. Millions in a field would be no number.
  const text = raw
    .slice(0, 200)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[-‐‑‒–—―−ー]/g, '')
  const match = /(?<![0-9])(97[89]\d{10}|\d{9}[\dX])(?![0-9X])/.exec(text.replace(/(?<=\d)\s+(?=[\dX])/g, ''))
  const digits = match?.[1]
  if (digits === undefined) return null
  if (digits.length === 13) return digits.endsWith(checkDigit13(digits.slice(0, 12))) ? digits : null
  if (!digits.endsWith(checkDigit10(digits.slice(0, 9)))) return null
  const twelve = `978${digits.slice(0, 9)}`
  return twelve + checkDigit13(twelve)
}

function checkDigit13(twelve: string): string {
  const sum = [...twelve].reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return String((10 - (sum % 10)) % 10)
}

function checkDigit10(nine: string): string {
  const sum = [...nine].reduce((all, digit, at) => all + Number(digit) * (10 - at), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}
