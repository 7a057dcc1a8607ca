import { implement } from '@orpc/server'
import { bridgeContract, type DeviceState, type RecordAnswer } from '../../../contract/bridge.ts'
import type { MenuId } from '../../../contract/menu-ids.ts'
import type { TourismView } from '../../../contract/menus/tourism.ts'

export type BridgeServices = {
  watchDevice(signal: AbortSignal | undefined): AsyncGenerator<DeviceState, void, void>
  record(access: { accessId: string; visitId: string; menu: MenuId }): RecordAnswer
  cameUp(releaseNumber: number): void
  screenAlive(visiting: boolean): void
  screenFailed(message: string): void
  tourismView(): TourismView
}

export function createBridgeRouter(services: BridgeServices) {
  const os = implement(bridgeContract)
  return os.router({
    device: { watch: os.device.watch.handler(({ signal }) => services.watchDevice(signal)) },
    usage: { record: os.usage.record.handler(({ input }) => services.record(input)) },
    release: {
      cameUp: os.release.cameUp.handler(({ input }) => {
        services.cameUp(input.releaseNumber)
        return {}
      }),
    },
    screen: {
      alive: os.screen.alive.handler(({ input }) => {
        services.screenAlive(input.visiting)
        return {}
      }),
      failed: os.screen.failed.handler(({ input }) => {
        services.screenFailed(input.message)
        return {}
      }),
    },
    tourism: { view: os.tourism.view.handler(() => services.tourismView()) },
  })
}
export type BridgeRouter = ReturnType<typeof createBridgeRouter>
