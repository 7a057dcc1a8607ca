import { create } from 'zustand'
import type { InternetState, InternetTarget } from '../../contract/menus/internet.ts'

type Internet = {
  state: InternetState
  /** What was asked for last; a screen that comes back to it does not ask again. */
  begun: { visitId: string; to: InternetTarget } | null
  /** The idle question stands over everything. */
  asked: boolean
}

/** What the kiosk last said of the guarded browser. */
export const useInternet = create<Internet>(() => ({ state: { kind: 'closed' }, begun: null, asked: false }))
