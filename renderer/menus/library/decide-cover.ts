/** A book's cover made of its data: the same for the same title on every kiosk. */
export type CoverLook = {
  ground: string
  /**
   * From the lowest, in a field of 100 × 140. Always three, some of them empty: a list whose titles change draws its covers by changing these alone.
   */
  layers: [CoverLayer, CoverLayer, CoverLayer]
}
/** `d`: of an SVG path. */
type CoverLayer = { d: string; fill: string }
/** 0–1 each, for places and sizes. */
type Turns = [number, number, number, number]

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
const nothing: CoverLayer = { d: '', fill: 'none' }
const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`
const band = (y: number, height: number) => `M0 ${y}h100v${height}h-100Z`

type Pattern = (shape: string, accent: string, turns: Turns) => CoverLook['layers']
const circles: Pattern = (shape, accent, [a]) => [
  { d: circle(50, 100, 30), fill: shape },
  { d: circle(50, 100, 12 + a * 8), fill: accent },
  nothing,
]
const patterns: readonly Pattern[] = [
  // Hills before a sun
  (shape, accent, [a, b, c, d]) => [
    { d: circle(20 + a * 60, 74 + b * 12, 9 + c * 6), fill: accent },
    { d: `M0 ${104 + b * 8}Q30 ${74 + c * 14} 60 104T100 ${96 + d * 8}V140H0Z`, fill: shape },
    nothing,
  ],
  circles,
  // Bands
  (shape, accent, [a, b, c, d]) => [
    { d: band(76 + a * 8, 10 + b * 8), fill: shape },
    { d: band(106 + c * 8, 5 + d * 4), fill: accent },
    nothing,
  ],
  // A twig with two leaves
  (shape, accent, [a, b]) => [
    { d: 'M50.75 76h2.5v56h-2.5Z', fill: accent },
    { d: `M52 ${104 - a * 6}q-30-4-32-26q28 2 32 26Z`, fill: shape },
    { d: `M52 ${116 - b * 6}q28-4 32-26q-28 0-32 26Z`, fill: `${accent}d9` },
  ],
  // A window
  (shape, accent, [a, b]) => [
    { d: 'M28 72h48a4 4 0 0 1 4 4v46a4 4 0 0 1-4 4h-48a4 4 0 0 1-4-4v-46a4 4 0 0 1 4-4Z', fill: shape },
    { d: 'M50.75 72h2.5v25.75h26.75v2.5h-26.75v25.75h-2.5v-25.75h-26.75v-2.5h26.75Z', fill: '#ffffff99' },
    { d: circle(34 + a * 36, 80 + b * 12, 6), fill: accent },
  ],
  // Waves
  (shape, accent, [a, b]) => [
    { d: `M0 ${88 + a * 6}q25-14 50 0t50 0V140H0Z`, fill: shape },
    { d: `M0 ${110 + b * 6}q25-12 50 0t50 0V140H0Z`, fill: `${accent}cc` },
    nothing,
  ],
]

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
  const pattern = title.kind === 'cd' || title.kind === 'dvd' ? undefined : patterns[number % patterns.length]
  return { ground, layers: (pattern ?? circles)(shape, accent, [part(0), part(1), part(2), part(3)]) }
}
