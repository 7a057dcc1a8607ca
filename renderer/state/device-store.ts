import { create } from 'zustand'
import type { DeviceState } from '../../contract/bridge.ts'

type Device = {
  /** Null until the kiosk has spoken for the first time; kept when it falls silent. */
  state: DeviceState | null
  heardAtMs: number
  connected: boolean
  take(state: DeviceState, monotonicMs: number): void
  lose(): void
}

/** What this kiosk is: its facility, screen, line and time. Not a visitor's, so nothing of it is wiped. */
export const useDevice = create<Device>((set) => ({
  state: null,
  heardAtMs: 0,
  connected: false,
  take: (state, monotonicMs) => set({ state, heardAtMs: monotonicMs, connected: true }),
  lose: () => set({ connected: false }),
}))

/** UTC now as the kiosk knows it, counted on by the monotonic clock. */
export function nowMs(monotonicMs = performance.now()): number {
  const { state, heardAtMs } = useDevice.getState()
  return state === null ? Date.now() : state.nowMs + (monotonicMs - heardAtMs)
}
