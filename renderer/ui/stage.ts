import type { FacilityConfig } from '../../contract/facility-config.ts'
import type { TextSize } from '../state/visit-store.ts'

export type Stage = {
  /** Size of one root em: the drawings' pixel at 1080 (or 1920) wide, times ten. */
  rootPx: number
  /** 20 mm: no target is smaller, to whatever size a part has been drawn together. */
  fingerPx: number
  layout: 'portrait' | 'landscape'
  /** `fit`: a page fills the space there is; `scroll`: it is longer, and つづき moves it. */
  flow: 'fit' | 'scroll'
  /** So low that header and footer draw in, to leave a page between them. */
  short: boolean
  /** So low that six rows of keys, one above the other, would be higher than the page. */
  flatKeys: boolean
  heightPx: number
}

type Screen = FacilityConfig['screen']

/** ACCESSIBILITY 8: a target is 20 mm at least; the smallest of ours is 88 of the drawings' pixels high. */
const smallestTargetMm = 20
const smallestTargetUnits = 88
/** ACCESSIBILITY 1: capitals of the smallest letters (24 units) are 4.8 mm high at least, in large mode 7.3 mm; a capital is 0.73 of its size. */
const smallestCapitalMm = 4.8
const largeCapitalMm = 7.3
const smallestTextUnits = 24
const capitalShare = 0.73
/** ACCESSIBILITY 9: everything within the lower 40 % of the screen. */
const lowShare = 0.4

/** Below so many of the drawings' pixels a page that fills its space would have no space. */
const fitFromUnits = { portrait: 1600, landscape: 900 }

/** In so many of the largest letters' pixels there is still a page between header and footer; where there are fewer, the letters are smaller, though never below `largeCapitalMm`. */
const pageFromUnits = 500
/** Below so many there is one between narrow ones only. */
const shortBelowUnits = 440

/** Six rows of keys, the two bands and their margins, in fingers. */
const tallKeysFromFingers = 10

const textScale: Record<TextSize, number> = { standard: 1, large: 1.35, largest: 2 }

/** How large everything is: by the window, by the panel's real size, and by what the visitor chose. Pure. */
export function decideStage(input: {
  widthPx: number
  heightPx: number
  screen: Screen | null
  textSize: TextSize
  low: boolean
}): Stage {
  const heightPx = Math.round(input.heightPx * (input.low ? lowShare : 1))
  const layout = input.widthPx > heightPx ? 'landscape' : 'portrait'
  const fit =
    layout === 'portrait'
      ? Math.min(input.widthPx / 1080, heightPx / 1600)
      : Math.min(input.widthPx / 1700, heightPx / 1000)
  // Millimetres are those of the configured panel; a developer's window is a small picture of it.
  const shown =
    input.screen === null ? 1 : Math.min(input.widthPx / input.screen.widthPx, input.heightPx / input.screen.heightPx)
  const mmPerPx = (input.screen?.millimetresPerPixel ?? 0.369) / (shown || 1)
  const unitsForCapital = (capitalMm: number) => capitalMm / (smallestTextUnits * capitalShare * mmPerPx)
  const fingerPx = smallestTargetMm / mmPerPx
  const least = Math.max(fingerPx / smallestTargetUnits, unitsForCapital(smallestCapitalMm))
  const unitPx = Math.max(Math.min(fit, 1.4), least)
  const roomiest = heightPx / (unitPx * pageFromUnits)
  const scale =
    input.textSize === 'standard'
      ? 1
      : Math.max(Math.min(textScale[input.textSize], roomiest), unitsForCapital(largeCapitalMm) / unitPx)
  const shownUnitPx = unitPx * scale
  const units = heightPx / shownUnitPx
  const flow = units < fitFromUnits[layout] ? 'scroll' : 'fit'
  return {
    rootPx: shownUnitPx * 10,
    fingerPx,
    layout,
    flow,
    short: units < shortBelowUnits,
    flatKeys: heightPx < fingerPx * tallKeysFromFingers,
    heightPx,
  }
}
