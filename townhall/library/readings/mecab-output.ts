import type { Token } from './tokens-reading.ts'

/** One word a line, an empty line behind each title. */
export const outputFormat = [
  '-F',
  '%M\\t%f[7]\\t%f[0],%f[1],%f[2],%f[3]\\n',
  '-U',
  '%M\\t\\t%f[0],%f[1]\\n',
  '-E',
  '\\n',
]

export function readToken(line: string): Token {
  const [text = '', reading = '', kind = ''] = line.split('\t')
  return { text, reading: reading === '' || reading === '*' ? null : reading, kind: kind.split(',') }
}
