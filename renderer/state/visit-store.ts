import { create } from 'zustand'
import type { Language } from '../../contract/localized-text.ts'

export type TextSize = 'standard' | 'large' | 'largest'
export type Contrast = 'standard' | 'high'
export type Sheet = 'language' | 'text' | 'contrast'

/** Where a visitor is: a menu and a page of it that only the menu understands. */
export type Place = { menu: string; page: unknown }

type VisitState = {
  /** Null: nobody is here, the attract screen shows. */
  visitId: string | null
  /** The way so far; empty: home. */
  way: Place[]
  language: Language
  textSize: TextSize
  contrast: Contrast
  low: boolean
  /** A child reads: kana, pictures, ruby. */
  children: boolean
  sheet: Sheet | null
}
type Visit = VisitState & {
  begin(): void
  end(): void
  go(place: Place): void
  /** Another page of the same step (a filter, a leaf): back leads past it. */
  turn(page: unknown): void
  back(): void
  home(): void
  set(change: Partial<Pick<VisitState, 'language' | 'textSize' | 'contrast' | 'low' | 'children' | 'sheet'>>): void
}

const nobody: VisitState = {
  visitId: null,
  way: [],
  language: 'ja',
  textSize: 'standard',
  contrast: 'standard',
  low: false,
  children: false,
  sheet: null,
}

/** All that belongs to one visitor. `end` takes everything with it (ACCESSIBILITY 25). */
export const useVisit = create<Visit>((set) => ({
  ...nobody,
  begin: () => set((state) => (state.visitId === null ? { visitId: crypto.randomUUID() } : state)),
  end: () => set({ ...nobody }),
  go: (place) => set((state) => ({ way: [...state.way, place], sheet: null })),
  turn: (page) =>
    set((state) => {
      const last = state.way.at(-1)
      return last ? { way: [...state.way.slice(0, -1), { ...last, page }] } : state
    }),
  back: () => set((state) => (state.sheet !== null ? { sheet: null } : { way: state.way.slice(0, -1) })),
  home: () => set({ way: [], sheet: null }),
  set: (change) => set(change),
}))
