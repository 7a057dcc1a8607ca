/** Rules for staff passwords, told live by the console and enforced by the hub. */
export const passwordMinLength = 12
export const passwordMaxLength = 128

/** Stems that long passwords are most often built of; a stem with digits or signs around it is refused. */
const stems = [
  'password',
  'passw0rd',
  'pasuwado',
  'administrator',
  'admin',
  'kanrisha',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'letmein',
  'welcome',
  'iloveyou',
  'dragon',
  'monkey',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'sakura',
  'arigatou',
  'konnichiwa',
  'memuro',
  'memurocho',
  'hokkaido',
  'tokachi',
  'kiosk',
  'yakuba',
  'abcdefghijkl',
  'abc',
]

export type PasswordFault = 'too-short' | 'too-long' | 'common' | 'about-you'

/** What is wrong with a password; empty: nothing. Length counts characters, not bytes. */
export function passwordFaults(password: string, person: { name: string; email: string }): PasswordFault[] {
  const length = [...password].length
  const faults: PasswordFault[] = []
  if (length < passwordMinLength) faults.push('too-short')
  if (password.length > passwordMaxLength) faults.push('too-long')
  if (isCommon(password)) faults.push('common')
  if (isAboutPerson(password, person)) faults.push('about-you')
  return faults
}

function isCommon(password: string): boolean {
  if (new Set(password).size < 5) return true
  if (/^(.{1,6})\1+$/s.test(password)) return true
  const letters = password.toLowerCase().replace(/[^a-z0]/g, '')
  const digits = password.replace(/\D/g, '')
  if (/^[\d\W_]*$/.test(password) && isAscii(password)) return digitsInOrder(digits)
  const bare = letters.replace(/0/g, '')
  return stems.some((stem) => [stem, stem + stem].includes(letters) || [stem, stem + stem].includes(bare))
}

const isAscii = (text: string) => [...text].every((letter) => letter.charCodeAt(0) < 128)

/** 123456789012, 210987654321, and the same with signs between. */
function digitsInOrder(digits: string): boolean {
  const up = '01234567890123456789'
  const down = '98765432109876543210'
  return digits.length < 4 || up.repeat(8).includes(digits) || down.repeat(8).includes(digits)
}

/** Nothing but the own name or address with digits and signs around it. */
function isAboutPerson(password: string, person: { name: string; email: string }): boolean {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\d\p{P}\p{S}]/gu, '')
  const left = plain(password)
  if (left === '') return false
  const [local = '', domain = ''] = person.email.split('@')
  return [person.name, local, person.email, `${local}${domain.split('.')[0] ?? ''}`]
    .map(plain)
    .some((own) => own.length >= 3 && (left === own || left === own + own))
}
