import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Green of the Digital Agency's design tokens, 50 … 1000; the brand is 900. */
const town: MantineColorsTuple = [
  '#e6f5ec',
  '#c2e5d1',
  '#9bd4b5',
  '#71c598',
  '#51b883',
  '#259d63',
  '#1d8b56',
  '#197a4b',
  '#115a36',
  '#0c472a',
]

export const townTheme = createTheme({
  primaryColor: 'town',
  primaryShade: 8,
  colors: { town },
  fontFamily: "'Noto Sans JP Variable', 'Noto Sans JP', 'Noto Sans CJK JP', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Noto Sans Mono CJK JP', monospace",
  headings: {
    fontFamily: "'Noto Sans JP Variable', 'Noto Sans JP', 'Noto Sans CJK JP', sans-serif",
    fontWeight: '600',
  },
  black: '#1a1a1c',
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
})

/** Each menu keeps the colour it has on the kiosk (Digital Agency primitives). */
export const menuColors = {
  tourism: '#c74700',
  map: '#197a4b',
  internet: '#0055ad',
  library: '#8843e1',
  council: '#a90000',
  facilities: '#006173',
  townhall: '#aa00aa',
} as const
