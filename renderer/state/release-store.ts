import { create } from 'zustand'
import type { AttractView } from '../../contract/menus/attract.ts'
import type { TourismView } from '../../contract/menus/tourism.ts'
import type { Bridge } from '../bridge/bridge.ts'

type Release = {
  tourism: TourismView | null
  attract: AttractView | null
  load(bridge: Bridge, releaseNumber: number): Promise<void>
}

/** The content on screen; swapped whole, and read only. */
export const useRelease = create<Release>((set) => ({
  tourism: null,
  attract: null,
  async load(bridge) {
    const [tourism, attract] = await Promise.all([bridge.tourism.view(), bridge.attract.view()])
    set({ tourism, attract })
  },
}))
