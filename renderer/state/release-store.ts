import { create } from 'zustand'
import type { AttractView } from '../../contract/menus/attract.ts'
import type { InternetView } from '../../contract/menus/internet.ts'
import type { LibraryView } from '../../contract/menus/library.ts'
import type { TourismView } from '../../contract/menus/tourism.ts'
import type { Bridge } from '../bridge/bridge.ts'

type Release = {
  tourism: TourismView | null
  attract: AttractView | null
  internet: InternetView | null
  library: LibraryView | null
  load(bridge: Bridge, releaseNumber: number): Promise<void>
  loadLibrary(bridge: Bridge): Promise<void>
}

/** The content on screen; swapped whole, and read only. */
export const useRelease = create<Release>((set) => ({
  tourism: null,
  attract: null,
  internet: null,
  library: null,
  async load(bridge) {
    const [tourism, attract, internet, library] = await Promise.all([
      bridge.tourism.view(),
      bridge.attract.view(),
      bridge.internet.view(),
      // A library that does not answer takes no other menu with it.
      bridge.library.view().catch(() => null),
    ])
    set({ tourism, attract, internet, library })
  },
  async loadLibrary(bridge) {
    set({ library: await bridge.library.view() })
  },
}))
