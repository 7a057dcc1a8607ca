/** A book's cover made of its data: the same for the same title on every kiosk. */
export type CoverLook = {
  ground: string
  shape: string
  accent: string
  pattern: 'hills' | 'circles' | 'bands' | 'leaves' | 'window' | 'waves'
  /** 0–1 each, for places and sizes. */
  turns: [number, number, number, number]
}

/** By the first digit of the NDC; ground is dark enough for white letters (contrast 4.5:1 and more). */
const colours: readonly (readonly [string, string, string])[] = [
  ['#4a5568', '#718096', '#f6e05e'],
  ['#5b3a7d', '#8a63b3', '#ffd8a8'],
  ['#7a4a1e', '#b07a3f', '#ffe8b0'],
  ['#1f4f82', '#4f83bd', '#ffd166'],
  ['#1d6144', '#4c9a74', '#f9e27d'],
  ['#8a3d1c', '#c6764f', '#ffe3c4'],
  ['#4e5f1a', '#869c45', '#ffe9a3'],
  ['#8f2458', '#c86596', '#ffe0ee'],
  ['#0f5f6b', '#4c9ba8', '#ffdf9e'],
  ['#8b1f2e', '#c25f6d', '#ffdcae'],
]
const unknown = ['#3f4d5a', '#6f8090', '#ffe6a8'] as const
const patterns = ['hills', 'circles', 'bands', 'leaves', 'window', 'waves'] as const

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value
}

export function decideCover(title: { title: string; ndc?: string | undefined; kind: string }): CoverLook {
  const number = hash(title.title)
  const [ground, shape, accent] = colours[Number(title.ndc?.[0] ?? -1)] ?? unknown
  const part = (at: number) => ((number >>> (at * 7)) & 127) / 127
  const pattern = title.kind === 'cd' || title.kind === 'dvd' ? 'circles' : patterns[number % patterns.length]
  return { ground, shape, accent, pattern: pattern ?? 'bands', turns: [part(0), part(1), part(2), part(3)] }
}
