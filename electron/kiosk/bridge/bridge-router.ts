import { implement, ORPCError } from '@orpc/server'
import { bridgeContract, type DeviceState, type RecordAnswer } from '../../../contract/bridge.ts'
import { KioskError } from '../../../contract/error-codes.ts'
import type { MenuId } from '../../../contract/menu-ids.ts'
import type { AttractView } from '../../../contract/menus/attract.ts'
import type { TourismView } from '../../../contract/menus/tourism.ts'
import type { InternetService } from '../internet/internet-service.ts'
import type { LibraryService } from '../library/library-service.ts'
import type { Maintenance } from '../maintenance/maintenance.ts'

export type BridgeServices = {
  watchDevice(signal: AbortSignal | undefined): AsyncGenerator<DeviceState, void, void>
  record(access: { accessId: string; visitId: string; menu: MenuId }): RecordAnswer
  cameUp(releaseNumber: number): void
  screenAlive(visiting: boolean, resting: boolean): void
  screenFailed(message: string): void
  attractView(): AttractView
  tourismView(): TourismView
  internet: Pick<InternetService, 'view' | 'watch' | 'begin' | 'act' | 'leave'>
  library: Omit<LibraryService, 'reservePage' | 'look' | 'lookForLoans' | 'close'>
  maintenance: Maintenance
  /** What the screen is told as `internal` only. */
  unexpected(error: unknown): void
}

export function createBridgeRouter(services: BridgeServices) {
  const { maintenance } = services
  const acting =
    (act: (token: string) => void) =>
    ({ input }: { input: { token: string } }) => {
      act(input.token)
      return {}
    }
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
        services.screenAlive(input.visiting, input.resting)
        return {}
      }),
      failed: os.screen.failed.handler(({ input }) => {
        services.screenFailed(input.message)
        return {}
      }),
    },
    attract: { view: os.attract.view.handler(() => services.attractView()) },
    tourism: { view: os.tourism.view.handler(() => services.tourismView()) },
    internet: {
      view: os.internet.view.handler(() => services.internet.view()),
      watch: os.internet.watch.handler(({ signal }) => services.internet.watch(signal)),
      begin: os.internet.begin.handler(async ({ input }) => {
        await services.internet.begin(input)
        return {}
      }),
      act: os.internet.act.handler(({ input }) => {
        services.internet.act(input)
        return {}
      }),
      end: os.internet.end.handler(async () => {
        await services.internet.leave('visitor')
        return {}
      }),
    },
    library: {
      view: os.library.view.handler(() => services.library.view()),
      search: os.library.search.handler(({ input: { from, most, ...query }, signal }) =>
        services.library.search(query, from, most, signal),
      ),
      counts: os.library.counts.handler(({ input, signal }) => services.library.counts(input, signal)),
      suggest: os.library.suggest.handler(async ({ input, signal }) => ({
        texts: await services.library.suggest(input.text, signal),
      })),
      title: os.library.title.handler(({ input, signal }) => services.library.title(input.id, signal)),
      status: os.library.status.handler(({ input, signal }) => services.library.status(input.ids, signal)),
    },
    maintenance: {
      door: os.maintenance.door.handler(() => maintenance.door()),
      open: os.maintenance.open.handler(({ input }) => maintenance.open(input.pin)),
      view: os.maintenance.view.handler(({ input }) => maintenance.view(input.token)),
      touched: os.maintenance.touched.handler(acting(maintenance.touched)),
      testLine: os.maintenance.testLine.handler(({ input }) => maintenance.testLine(input.token)),
      sendNow: os.maintenance.sendNow.handler(({ input }) => maintenance.sendNow(input.token)),
      enrolAgain: os.maintenance.enrolAgain.handler(({ input }) => maintenance.enrolAgain(input)),
      restart: os.maintenance.restart.handler(acting(maintenance.restart)),
      leave: os.maintenance.leave.handler(acting(maintenance.leave)),
      lock: os.maintenance.lock.handler(acting(maintenance.lock)),
    },
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
