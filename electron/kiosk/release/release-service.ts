import { join } from 'node:path'
import { KioskError } from '../../../contract/error-codes.ts'
import type { HealthCode, HealthEntry } from '../../../contract/health.ts'
import type { ReleaseListing } from '../../../contract/release.ts'
import { type DiskCalls, realDisk } from './disk-calls.ts'
import { fetchBlobs } from './fetch-blobs.ts'
import { type FetchedListing, fetchListing } from './fetch-listing.ts'
import { createHubFiles, type HubFiles, type ReleaseSource } from './hub-files.ts'
import { type CheckMenu, carriedBlob, damagedContents, loadCarried, loadContents } from './load-release.ts'
import { createPictureShelf } from './picture-shelf.ts'
import { createReleaseBook, type Shown } from './release-book.ts'
import { createReleaseDisk, type Installed, type PartSizes } from './release-disk.ts'
import { decideFailure } from './release-failure.ts'
import { createReleaseTeller } from './release-teller.ts'
import { refreshTrusted, type TrustedRelease } from './trusted-metadata.ts'

export type ReleaseServiceOptions = {
  /** The kiosk's data folder; releases lie in `releases/` below. */
  dataDir: string
  release0Dir: string
  /** null: not enrolled. */
  source: () => ReleaseSource | null
  /** Best knowledge of UTC: what has run out is judged by it. */
  clock: { nowMs(): number }
  report: (code: HealthCode, level: HealthEntry['level'], detail: HealthEntry['detail']) => void
  checkMenu: CheckMenu
  /** Whether a screen is there that will say `cameUp`. */
  screenWatching?: () => boolean
  /** So long a screen has to say that it shows a new release. */
  cameUpTimeoutMs?: number
  /** A line without a byte for so long is cut. */
  silenceMs?: number
  disk?: DiskCalls
  /** From which size on a file goes on where it broke off. */
  parts?: PartSizes
  /** Up to which size a file is proved at its first use. */
  provedAtUseBytes?: number
}

export type CheckResult = 'unchanged' | 'activated' | 'refused' | 'offline'

export type CurrentRelease = {
  number: number
  menus: string[]
  /** The parsed `content.json` of a menu, undefined when the release has none. */
  readMenu(menu: string): unknown
}

const notComeUp = 'no screen said that it came up'

/** What the kiosk shows and how it comes by another: verify, fetch, look through, change over in one step, go back when it does not come up. */
export async function createReleaseService(options: ReleaseServiceOptions) {
  const { release0Dir, source, clock, report, checkMenu } = options
  const { screenWatching = () => false, cameUpTimeoutMs = 30_000, silenceMs = 20_000 } = options
  const disk = createReleaseDisk(join(options.dataDir, 'releases'), options.disk ?? realDisk, options.parts)
  const ending = new AbortController()
  const listeners = new Set<(releaseNumber: number) => void>()
  const carried = loadCarried(release0Dir, checkMenu)
  const release0: Shown = { installed: null, listing: carried.listing, contents: carried.contents }
  const teller = createReleaseTeller(report)
  const book = createReleaseBook({ disk, release0, checkMenu, teller })

  let whole = false
  let probation: NodeJS.Timeout | null = null
  let running: Promise<unknown> = Promise.resolve()
  let queued: Promise<CheckResult> | null = null

  if (carried.trouble !== null) {
    teller.tell('release-refused', 'warning', 'not-found', { release: 0, reason: carried.trouble })
  }
  await book.chooseAtStart()
  const shelf = createPictureShelf({
    disk,
    release0Dir,
    onDamage: foundDamage,
    provedAtUseBytes: options.provedAtUseBytes,
  })
  shelf.stock(book.listings())

  function foundDamage(hash: string): void {
    whole = false
    report('cache-rebuilt', 'warning', { what: 'release blob', hash })
    void checkNow()
  }

  /** One at a time: checks, goings back and clearings away. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = running.then(work)
    running = turn.catch(() => undefined)
    return turn
  }

  async function check(): Promise<CheckResult> {
    const from = source()
    if (from === null) return 'offline'
    let number = 0
    try {
      await disk.prepare()
      const hub = createHubFiles(from, silenceMs, ending.signal)
      const trusted = await refreshTrusted(hub, from.tufRoot, disk.trustedFile, clock.nowMs(), disk.saveTrusted)
      if (trusted === null) return 'unchanged'
      number = trusted.manifest.number
      const shown = book.shown()
      if (!whole && shown.installed !== null) {
        await fetchInto(hub, { listing: shown.listing, steps: [] }, null)
        whole = true
      }
      if (book.isShown(trusted)) {
        await disk.clearParts([shown.listing])
        teller.somethingElse()
        return 'unchanged'
      }
      if (book.isRefused(trusted.sha256)) return 'refused'
      book.refuseOlder(trusted)
      const base = book.baseFor(trusted)
      const fetched = await fetchListing(hub, trusted.manifest, base)
      await disk.clearParts([shown.listing, fetched.listing])
      await fetchInto(hub, fetched, base)
      return await activate(trusted, fetched.listing)
    } catch (error) {
      return failed(error, number)
    }
  }

  function fetchInto(hub: HubFiles, { listing, steps }: FetchedListing, base: ReleaseListing | null) {
    const carried = (hash: string) => (shelf.isCarried(hash) ? carriedBlob(release0Dir, hash) : null)
    return fetchBlobs({ hub, disk, listing, steps, base, carried })
  }

  async function activate(trusted: TrustedRelease, listing: ReleaseListing): Promise<CheckResult> {
    const contents = await looked(trusted, listing)
    const watched = screenWatching()
    const installed = await book.change(trusted, { listing, contents })
    teller.somethingElse()
    shelf.stock(book.listings())
    report('release-activated', 'info', { release: installed.number })
    stopProbation()
    if (watched) onProbation(() => inTurn(() => notUp(installed, notComeUp)))
    announce()
    if (!watched) await book.prove()
    return 'activated'
  }

  /** Content that no menu can show never comes to a screen, and is not fetched again. */
  async function looked(trusted: TrustedRelease, listing: ReleaseListing): Promise<Map<string, unknown>> {
    try {
      return loadContents(listing, disk.blobPath, checkMenu)
    } catch (error) {
      if (error instanceof KioskError && error.code === 'content-refused') await book.refuse(trusted, error.code)
      // A blob that was here before and has gone bad since: the next check fetches it.
      for (const hash of damagedContents(listing, disk.blobPath)) await disk.removeBlob(hash)
      throw error
    }
  }

  function failed(error: unknown, number: number): CheckResult {
    const { kind, code, reason } = decideFailure(error)
    if (kind === 'offline' || ending.signal.aborted) return 'offline'
    const detail: HealthEntry['detail'] = number === 0 ? { reason } : { release: number, reason }
    teller.tell(kind === 'refused' ? 'release-refused' : 'release-fetch-failed', 'error', code, detail)
    return 'refused'
  }

  async function notUp(installed: Installed, reason: string): Promise<void> {
    const { active, proved } = book.pointer()
    if (active !== installed || proved) return
    if (!(await book.showBefore(reason))) whole = false
    shelf.stock(book.listings())
    announce()
  }

  function announce(): void {
    for (const listener of listeners) listener(book.shown().listing.release.number)
  }

  function onProbation(decide: () => Promise<void>): void {
    probation = setTimeout(() => void decide(), cameUpTimeoutMs)
    probation.unref()
  }

  function stopProbation(): void {
    if (probation !== null) clearTimeout(probation)
    probation = null
  }

  function checkNow(): Promise<CheckResult> {
    queued ??= inTurn(() => {
      queued = null
      return check()
    })
    return queued
  }

  return {
    /** Looks through what is on the disk, slowly; damage is whole from the hub. */
    start(): void {
      const { active, proved } = book.pointer()
      if (active !== null && !proved && probation === null) {
        onProbation(() => inTurn(() => (screenWatching() ? notUp(active, notComeUp) : book.prove())))
      }
      void shelf.lookThrough(ending.signal)
    },

    async stop(): Promise<void> {
      ending.abort()
      stopProbation()
      await running
    },

    current(): CurrentRelease {
      const { listing, contents } = book.shown()
      return {
        number: listing.release.number,
        menus: [...contents.keys()],
        readMenu: (menu) => contents.get(menu),
      }
    },

    /** Absolute path of a file of the release shown, the one before it or release 0, proved to be whole; else null. */
    pictureFile: (hash: string): string | null => shelf.find(hash),
    timesDamaged: shelf.timesDamaged,
    /** Proves these files anew, one after the other; what is damaged is fetched again. */
    async suspect(hashes: readonly string[]): Promise<void> {
      for (const hash of hashes) await shelf.suspect(hash)
    },

    /** Asks the hub. Several calls while one waits are one. */
    checkNow,

    /** A screen shows this release. */
    cameUp(releaseNumber: number): void {
      const { active, proved } = book.pointer()
      if (active === null || proved || releaseNumber !== active.number) return
      stopProbation()
      void inTurn(book.prove)
    },

    /** A screen says that it fails. While a release is new, that is its end. */
    screenFailed(): void {
      const { active, proved } = book.pointer()
      if (active === null || proved) return
      stopProbation()
      void inTurn(() => notUp(active, 'a screen failed'))
    },

    /** Called after each change of the release shown. */
    subscribe(listener: (releaseNumber: number) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
