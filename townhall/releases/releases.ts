import { implement } from '@orpc/server'
import type { FastifyInstance } from 'fastify'
import { hubContract } from '../../contract/hub-api.ts'
import type { HubContext, RequestContext } from '../context.ts'
import type { KioskRepository } from '../kiosks/kiosk-repository.ts'
import type { StaffGuard } from '../staff/guard.ts'
import { publishLockFile, takeLock } from './publish-lock.ts'
import { addMissingRow } from './publish-release.ts'
import { createReleaseRepository } from './release-repository.ts'
import { releaseSteps } from './release-steps.ts'
import { releasesDir } from './release-store.ts'
import { signingKeys } from './signing-keys.ts'
import { registerReleaseFiles } from './static-files.ts'
import { tufRepository } from './tuf-repository.ts'

/** A publish happens in a process of its own; the hub looks so often. */
const lookEveryMs = 1_000
const freshenEveryMs = 3_600_000
/** Weeks in which somebody has to bring the root key back. */
const rootWarningMs = 60 * 86_400_000

/** What the hub knows and serves of releases. */
export function createReleases(context: HubContext) {
  const repository = createReleaseRepository(context.db)
  const dir = releasesDir(context.dataDir)
  const tuf = tufRepository(dir, () => signingKeys(context.dataDir), releaseSteps())
  const listeners = new Set<(releaseNumber: number) => void>()
  const timers: NodeJS.Timeout[] = []
  let known = 0

  async function look(): Promise<void> {
    const latest = await repository.latestNumber()
    if (latest === known) return
    known = latest
    for (const listener of listeners) listener(latest)
  }

  /**
   * Renews what would run out and enters a release whose publish was cut off. Left for the next time while a publish is under way.
   * @returns what was signed anew
   */
  async function keepFresh(): Promise<string[]> {
    const unlock = await takeLock(publishLockFile(context.dataDir), 0)
    if (unlock === null) return []
    try {
      await addMissingRow(context, tuf)
      const { renewed, rootLeftMs } = tuf.keepFresh(context.clock.nowMs())
      if (renewed.length > 0) context.log.info({ renewed }, 'releases: signed anew')
      if (rootLeftMs < rootWarningMs) {
        const daysLeft = Math.floor(rootLeftMs / 86_400_000)
        context.log.warn(
          { daysLeft },
          'releases: the root runs out; put keys/root.key.pem back for an hour, then take it away',
        )
      }
      return renewed
    } finally {
      unlock()
    }
  }
  const quietly = (work: () => Promise<unknown> | unknown) => () => {
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => context.log.error({ err: error }, 'releases: a regular look failed'))
  }

  return {
    latestNumber: () => repository.latestNumber(),
    /** The newest `root.json`, which a kiosk trusts first. */
    async tufRoot(): Promise<string> {
      tuf.ensureRoot(context.clock.nowMs())
      return tuf.rootText()
    },
    keepFresh,
    onPublished(listener: (releaseNumber: number) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start(): void {
      quietly(async () => {
        known = await repository.latestNumber()
        tuf.keepFresh(context.clock.nowMs())
      })()
      timers.push(
        setInterval(quietly(look), lookEveryMs),
        setInterval(
          quietly(() => tuf.keepFresh(context.clock.nowMs())),
          freshenEveryMs,
        ),
      )
    },
    close(): void {
      for (const timer of timers) clearInterval(timer)
    },
    registerStatic: (app: FastifyInstance) => registerReleaseFiles(app, dir),
    routes(guard: StaffGuard, kiosks: KioskRepository) {
      const os = implement(hubContract.releases).$context<RequestContext>()
      return {
        list: os.list.handler(async ({ context: request }) => {
          await guard.require(request)
          const showing = new Map<number, number>()
          for (const row of await kiosks.all()) {
            const status: unknown = row.state === 'active' && row.status_json ? JSON.parse(row.status_json) : null
            const number =
              typeof status === 'object' && status !== null && 'releaseNumber' in status
                ? Number(status.releaseNumber)
                : null
            if (number !== null) showing.set(number, (showing.get(number) ?? 0) + 1)
          }
          const releases = await repository.list()
          return {
            releases: releases.map((release) => ({ ...release, kiosksShowing: showing.get(release.number) ?? 0 })),
          }
        }),
      }
    },
  }
}
