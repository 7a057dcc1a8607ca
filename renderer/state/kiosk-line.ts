import type { MenuId } from '../../contract/menu-ids.ts'
import type { Bridge, BridgeLine } from '../bridge/bridge.ts'
import { useDevice } from './device-store.ts'
import { useRelease } from './release-store.ts'

/** So long a menu waits for the word that its access is on the disk; a dead kiosk process stops no visitor. */
const graceMs = 250
const retryMs = 500

type Access = { accessId: string; visitId: string; menu: MenuId }

/** Keeps the line to the kiosk process: connects again when it is lost, and asks again for every access that got no answer. */
export function createKioskLine(connect: () => Promise<BridgeLine>) {
  const unanswered = new Map<string, Access>()
  let bridge: Bridge | null = null
  let stopped = false

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        const line = await connect()
        bridge = line.bridge
        const watching = watch(line.bridge)
        for (const access of unanswered.values()) void ask(access)
        await Promise.race([line.ended, watching])
        line.close()
      } catch {
        // The kiosk process is being started again; the screen stays as it is.
      }
      bridge = null
      useDevice.getState().lose()
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }

  async function watch(on: Bridge): Promise<void> {
    for await (const state of await on.device.watch()) {
      useDevice.getState().take(state, performance.now())
      await useRelease.getState().load(on, state.releaseNumber)
    }
  }

  async function ask(access: Access): Promise<void> {
    try {
      await bridge?.usage.record(access)
      if (bridge) unanswered.delete(access.accessId)
    } catch {
      // Asked again with the same accessId when the line is back: it counts once.
    }
  }

  return {
    start: () => void run(),
    stop: () => {
      stopped = true
    },
    /** Counts one opening of a menu. Resolves when it is on the disk, or after a short grace. */
    async record(visitId: string, menu: MenuId): Promise<void> {
      const access = { accessId: crypto.randomUUID(), visitId, menu }
      unanswered.set(access.accessId, access)
      await Promise.race([ask(access), new Promise((resolve) => setTimeout(resolve, graceMs))])
    },
    cameUp: (releaseNumber: number) => void bridge?.release.cameUp({ releaseNumber }).catch(() => undefined),
    alive: (visiting: boolean) => void bridge?.screen.alive({ visiting }).catch(() => undefined),
    failed: (message: string) => void bridge?.screen.failed({ message: message.slice(0, 500) }).catch(() => undefined),
    /** Content again, because the day or the hour has changed. */
    refresh: () => {
      const number = useDevice.getState().state?.releaseNumber
      if (bridge && number !== undefined) void useRelease.getState().load(bridge, number)
    },
    unanswered: () => unanswered.size,
  }
}
export type KioskLine = ReturnType<typeof createKioskLine>
