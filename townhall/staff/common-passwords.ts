/** Stems that long passwords are most often built of; a password that is a stem with digits or signs around it is refused. */
const stems = [
  'password',
  'passw0rd',
  'administrator',
  'admin',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'letmein',
  'welcome',
  'iloveyou',
  'memuro',
  'memurocho',
  'hokkaido',
  'tokachi',
  'kiosk',
  'yakuba',
  'abcdefghijkl',
  'abc',
]

export function isCommonPassword(password: string): boolean {
  const letters = password.toLowerCase().replace(/[^a-z]/g, '')
  if (new Set(password).size < 5) return true
  if (letters === '') return /^(?:0123456789|1234567890|9876543210)/.test(password.replace(/\D/g, ''))
  return stems.some((stem) => letters === stem || letters === stem + stem)
}
