import { implement, ORPCError } from '@orpc/server'
import { bridgeContract, type DeviceState, type RecordAnswer } from '../../../contract/bridge.ts'
import { KioskError } from '../../../contract/error-codes.ts'
import type { MenuId } from '../../../contract/menu-ids.ts'
import type { AttractView } from '../../../contract/menus/attract.ts'
import type { TourismView } from '../../../contract/menus/tourism.ts'

export type BridgeServices = {
  watchDevice(signal: AbortSignal | undefined): AsyncGenerator<DeviceState, void, void>
  record(access: { accessId: string; visitId: string; menu: MenuId }): RecordAnswer
  cameUp(releaseNumber: number): void
  screenAlive(visiting: boolean): void
  screenFailed(message: string): void
  attractView(): AttractView
  tourismView(): TourismView
  /** What the screen is told as `internal` only. */
  unexpected(error: unknown): void
}

export function createBridgeRouter(services: BridgeServices) {
  const os = implement(bridgeContract).use(async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      throw asStableCode(error, services)
    }
  })
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
    attract: { view: os.attract.view.handler(() => services.attractView()) },
    tourism: { view: os.tourism.view.handler(() => services.tourismView()) },
  })
}

/** The screen learns a code, never a message: those may name files. */
function asStableCode(error: unknown, services: BridgeServices): unknown {
  if (error instanceof ORPCError) return error
  if (error instanceof KioskError && error.code !== 'internal') {
    return new ORPCError(error.code, { status: 400, message: error.code })
  }
  services.unexpected(error)
  return new ORPCError('internal', { status: 500, message: 'internal' })
}

export type BridgeRouter = ReturnType<typeof createBridgeRouter>
