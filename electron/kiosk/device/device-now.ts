import type { DeviceState } from '../../../contract/bridge.ts'
import type { FacilityConfig } from '../../../contract/facility-config.ts'
import { softwareVersion } from '../../../contract/version.ts'
import { decideOpening } from '../opening/decide-opening.ts'
import { isJapaneseHoliday } from '../opening/japanese-holidays.ts'
import { createStateWatch } from '../state-watch.ts'

type Options = {
  config: FacilityConfig
  nowMs: () => number
  enrolled: () => boolean
  releaseNumber: () => number
}

/** What the screen is told of the machine it stands on, whenever that changes. */
export function createDeviceNow({ config, nowMs, enrolled, releaseNumber }: Options) {
  let connected = false
  let restartWanted = false
  const opening = () => decideOpening(nowMs(), config.opening, isJapaneseHoliday)
  const { changed, close, watched, watch } = createStateWatch<DeviceState>(() => ({
    config,
    softwareVersion,
    releaseNumber: releaseNumber(),
    line: !enrolled() ? 'not-enrolled' : connected ? 'connected' : 'cut',
    nowMs: nowMs(),
    restartWanted,
    open: opening().open,
  }))
  return {
    changed,
    close,
    watched,
    watch,
    opening,
    connected: () => connected,
    /** @returns whether it was otherwise before */
    setLine(next: boolean): boolean {
      if (next === connected) return false
      connected = next
      changed()
      return true
    },
    wantRestart(wanted: boolean): void {
      restartWanted = wanted
      changed()
    },
  }
}
