/** Rows of keys; an empty string is a gap. */
export const kanaRows = [
  'わらやまはなたさかあ',
  'をり　みひにちしきい',
  'んるゆむふぬつすくう',
  'ーれ　めへねてせけえ',
  '、ろよもほのとそこお',
].map((row) => [...row].map((key) => (key === '　' ? '' : key)))

export const latinRows = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm.@/'].map((row) => [...row])

export const signRows = ['1234567890', '!"#$%&\'()=', '+*/-_:;,.?', '@[]{}<>~^|'].map((row) => [...row])
