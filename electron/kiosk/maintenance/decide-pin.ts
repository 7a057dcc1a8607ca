/** A PIN that is worth one: 6 to 12 digits, and none of those that are tried first. null: it may be used. */
export function decidePin(pin: string): 'length' | 'trivial' | null {
  if (!/^\d{6,12}$/.test(pin)) return 'length'
  const repeats = /^(\d{1,4})\1+$/.test(pin)
  const upwards = '01234567890123456789012'.includes(pin)
  const downwards = '98765432109876543210987'.includes(pin)
  return repeats || upwards || downwards ? 'trivial' : null
}
