import type { Language } from '../../contract/localized-text.ts'
import type { MenuId } from '../../contract/menu-ids.ts'
import type { InternetAct, InternetPlace, InternetTarget } from '../../contract/menus/internet.ts'
import type { LibraryQuery } from '../../contract/menus/library.ts'
import type { Bridge, BridgeLine } from '../bridge/bridge.ts'
import { useDevice } from './device-store.ts'
import { useInternet } from './internet-store.ts'
import { useRelease } from './release-store.ts'

/** So long a menu waits for the word that its access is on the disk; a dead kiosk process stops no visitor. */
const graceMs = 250
const retryMs = 500
const libraryMs = 1_000

type Access = { accessId: string; visitId: string; menu: MenuId }

/** Keeps the line to the kiosk process: connects again when it is lost, and asks again for every access that got no answer. */
export function createKioskLine(connect: () => Promise<BridgeLine>) {
  const unanswered = new Map<string, Access>()
  let bridge: Bridge | null = null
  let stopped = false
  let libraryTimer: ReturnType<typeof setTimeout> | undefined

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        const line = await connect()
        bridge = line.bridge
        const watching = watch(line.bridge)
        watchInternet(line.bridge).catch(() => undefined)
        for (const access of unanswered.values()) void ask(access)
        await Promise.race([line.ended, watching])
        line.close()
      } catch {
        // The kiosk process is being started again; the screen stays as it is.
      }
      bridge = null
      useDevice.getState().lose()
      useInternet.setState({ state: { kind: 'closed' } })
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }

  async function watch(on: Bridge): Promise<void> {
    for await (const state of await on.device.watch()) {
      useDevice.getState().take(state, performance.now())
      await useRelease.getState().load(on, state.releaseNumber)
      awaitLibrary(on)
    }
  }

  function there(): Bridge {
    if (!bridge) throw new Error('the kiosk process is away')
    return bridge
  }

  async function watchInternet(on: Bridge): Promise<void> {
    for await (const state of await on.internet.watch()) useInternet.setState({ state })
  }

  /** Its search files are opened after the release came up; until they are, the menu has no tile. */
  function awaitLibrary(on: Bridge): void {
    clearTimeout(libraryTimer)
    const { library } = useRelease.getState()
    if (bridge !== on || library === null || library.ready || library.name === null) return
    libraryTimer = setTimeout(() => {
      void useRelease
        .getState()
        .loadLibrary(on)
        .catch(() => undefined)
        .then(() => awaitLibrary(on))
    }, libraryMs)
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
    alive: (visiting: boolean, resting: boolean) =>
      void bridge?.screen.alive({ visiting, resting }).catch(() => undefined),
    failed: (message: string) => void bridge?.screen.failed({ message: message.slice(0, 500) }).catch(() => undefined),
    /** Content again, because the day or the hour has changed. */
    refresh: () => {
      const number = useDevice.getState().state?.releaseNumber
      if (bridge && number !== undefined) void useRelease.getState().load(bridge, number)
    },
    /** What is not heard is shown by the state that does not change; nothing here waits. */
    internet: {
      begin: (beginning: { visitId: string; to: InternetTarget; place: InternetPlace; language: Language }) =>
        void bridge?.internet
          .begin(beginning)
          .catch(() => useInternet.setState({ state: { kind: 'over', why: 'failed' } })),
      act: (act: InternetAct) => void bridge?.internet.act(act).catch(() => undefined),
      end: () => {
        // Whoever comes back begins anew, also while the state still tells of what is being ended.
        useInternet.setState({ begun: null })
        void bridge?.internet.end().catch(() => undefined)
      },
    },
    /** Each rejects while the kiosk process is away; the screen asks again. */
    library: {
      search: async (query: LibraryQuery, from: number, most: number) =>
        there().library.search({ ...query, from, most }),
      counts: async (query: LibraryQuery) => there().library.counts(query),
      suggest: async (text: string) => (await there().library.suggest({ text })).texts,
      title: async (id: string) => there().library.title({ id }),
      status: async (ids: readonly string[]) => there().library.status({ ids: [...ids] }),
    },
    /** For the service screen; null while the kiosk process is away. */
    maintenance: () => bridge?.maintenance ?? null,
    unanswered: () => unanswered.size,
  }
}
export type KioskLine = ReturnType<typeof createKioskLine>
