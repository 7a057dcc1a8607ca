/** Rows of keys; an empty string is a gap. */
export const kanaRows = [
  'わらやまはなたさかあ',
  'をり　みひにちしきい',
  'んるゆむふぬつすくう',
  'ーれ　めへねてせけえ',
  '、ろよもほのとそこお',
].map((row) => [...row].map((key) => (key === '　' ? '' : key)))

/** Fifteen keys wide, for a page that is wide and low; the rest of the kana stands in the last row. */
export const flatKanaRows = [
  'あいうえおかきくけこさしすせそ',
  'たちつてとなにぬねのはひふへほ',
  'まみむめもや　ゆ　よらりるれろ',
].map((row) => [...row].map((key) => (key === '　' ? '' : key)))
export const flatKanaLast = [...'わをんー、']

export const flatLatinRows = ['qwertyuiop12345', 'asdfghjkl-67890', "zxcvbnm.@/,'!?:"].map((row) => [...row])

export const flatSignRows = ['1234567890+*/-_', '!"#$%&\'()=:;,.?', '@[]{}<>~^|'].map((row) => [...row])

export const latinRows = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm.@/'].map((row) => [...row])

export const signRows = ['1234567890', '!"#$%&\'()=', '+*/-_:;,.?', '@[]{}<>~^|'].map((row) => [...row])
