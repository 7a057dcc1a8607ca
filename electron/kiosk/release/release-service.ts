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
import { createReleaseDisk, type Installed, type Pointer } from './release-disk.ts'
import { decideFailure } from './release-failure.ts'
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
}

export type CheckResult = 'unchanged' | 'activated' | 'refused' | 'offline'

export type CurrentRelease = {
  number: number
  menus: string[]
  /** The parsed `content.json` of a menu, undefined when the release has none. */
  readMenu(menu: string): unknown
}

type Shown = { installed: Installed | null; listing: ReleaseListing; contents: Map<string, unknown> }

/** A release that could not be shown so often at the start of the program is given up. */
const startsUnproved = 3

/** What the kiosk shows and how it comes by another: verify, fetch, look through, change over in one step, go back when it does not come up. */
export async function createReleaseService(options: ReleaseServiceOptions) {
  const { release0Dir, source, clock, report, checkMenu } = options
  const { screenWatching = () => false, cameUpTimeoutMs = 30_000, silenceMs = 20_000 } = options
  const disk = createReleaseDisk(join(options.dataDir, 'releases'), options.disk ?? realDisk)
  const ending = new AbortController()
  const listeners = new Set<(releaseNumber: number) => void>()
  const carried = loadCarried(release0Dir, checkMenu)
  const release0: Shown = { installed: null, listing: carried.listing, contents: carried.contents }

  let pointer = disk.readPointer()
  let shown = release0
  let whole = false
  let probation: NodeJS.Timeout | null = null
  let lastReport = ''
  let running: Promise<unknown> = Promise.resolve()
  let queued: Promise<CheckResult> | null = null

  if (carried.trouble !== null) tell('release-refused', 'warning', 'not-found', { release: 0, reason: carried.trouble })
  await chooseAtStart()
  const shelf = createPictureShelf({ disk, release0Dir, onDamage: foundDamage })
  stockShelf()

  /** The active release if it can be shown, else the one before it, else release 0. Never nothing. */
  async function chooseAtStart(): Promise<void> {
    if (pointer.active !== null && !pointer.proved) {
      const starts = pointer.starts + 1
      if (starts > startsUnproved) await goBack(`not come up in ${startsUnproved} starts`)
      else await save({ ...pointer, starts })
    }
    for (const installed of [pointer.active, pointer.previous]) {
      if (installed === null) continue
      try {
        shown = load(installed)
        break
      } catch (error) {
        const { code, reason } = decideFailure(error)
        tell('release-refused', 'error', code, { release: installed.number, reason })
        await dropDamaged(installed)
      }
    }
  }

  /** So that what lies there with another content is fetched again. */
  async function dropDamaged(installed: Installed): Promise<void> {
    try {
      for (const hash of damagedContents(disk.readListing(installed.listing), disk.blobPath))
        await disk.removeBlob(hash)
    } catch {
      // The listing itself is damaged; it is written again with the next release.
    }
  }

  function load(installed: Installed): Shown {
    const listing = disk.readListing(installed.listing)
    return { installed, listing, contents: loadContents(listing, disk.blobPath, checkMenu) }
  }

  /** A disk that takes no writes must not keep what is on it from being shown. */
  async function save(next: Pointer): Promise<void> {
    pointer = next
    try {
      await disk.writePointer(next)
    } catch (error) {
      tell('release-fetch-failed', 'error', decideFailure(error).code, { reason: decideFailure(error).reason })
    }
  }

  function stockShelf(): void {
    const listings = [shown.listing, release0.listing]
    if (pointer.previous !== null && pointer.previous !== shown.installed) {
      try {
        listings.push(disk.readListing(pointer.previous.listing))
      } catch {
        // The one before is of use only while it is whole.
      }
    }
    shelf.stock(listings)
  }

  /** Each trouble is told once, until something else happens. */
  function tell(code: HealthCode, level: HealthEntry['level'], error: string, detail: HealthEntry['detail']): void {
    const same = JSON.stringify([code, error, detail])
    if (same === lastReport) return
    lastReport = same
    report(code, level, { ...detail, error })
  }

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
      if (!whole && shown.installed !== null) {
        await fetchInto(hub, { listing: shown.listing, steps: [] }, null)
        whole = true
      }
      if (isShown(trusted)) return settled()
      if (pointer.refused.some(({ release }) => release === trusted.sha256)) return 'refused'
      refuseOlder(trusted)
      const base = baseFor(trusted)
      const fetched = await fetchListing(hub, trusted.manifest, base)
      await fetchInto(hub, fetched, base)
      return await activate(trusted, fetched.listing)
    } catch (error) {
      return await failed(error, number)
    }
  }

  function fetchInto(hub: HubFiles, { listing, steps }: FetchedListing, base: ReleaseListing | null) {
    const carried = (hash: string) => (shelf.isCarried(hash) ? carriedBlob(release0Dir, hash) : null)
    return fetchBlobs({ hub, disk, listing, steps, base, carried })
  }

  function settled(): 'unchanged' {
    lastReport = ''
    return 'unchanged'
  }

  function isShown({ sha256, anchor }: TrustedRelease): boolean {
    return shown.installed?.release === sha256 && shown.installed.anchor === anchor
  }

  function refuseOlder({ manifest, sha256, anchor }: TrustedRelease): void {
    const { active } = pointer
    if (active === null || active.anchor !== anchor || active.release === sha256) return
    if (manifest.number < active.number) {
      throw new KioskError('release-rolled-back', `release ${manifest.number} after ${active.number}`)
    }
    if (manifest.number === active.number) {
      throw new KioskError('release-mixed', `another release of the number ${active.number}`)
    }
  }

  /** What is shown; were it release 0 for want of anything whole, still the active one, whose other files are good. */
  function baseFor({ anchor }: TrustedRelease): ReleaseListing | null {
    for (const installed of [shown.installed, pointer.active]) {
      if (installed === null || installed.anchor !== anchor) continue
      try {
        return disk.readListing(installed.listing)
      } catch {
        // Damaged: the next.
      }
    }
    return null
  }

  async function activate(trusted: TrustedRelease, listing: ReleaseListing): Promise<CheckResult> {
    const { manifest, sha256: release, anchor } = trusted
    const contents = await looked(trusted, listing)
    const hash = await disk.writeListing(listing)
    const installed: Installed = { number: manifest.number, release, anchor, listing: hash }
    const former = pointer
    const good = former.proved ? former.active : former.previous
    const watched = screenWatching()
    const next: Pointer = {
      active: installed,
      previous: good?.release === release ? former.previous : good,
      proved: false,
      starts: 0,
      refused: former.refused,
    }
    await disk.writePointer(next)
    pointer = next
    shown = { installed, listing, contents }
    lastReport = ''
    stockShelf()
    report('release-activated', 'info', { release: manifest.number })
    stopProbation()
    if (watched) {
      probation = setTimeout(
        () => void inTurn(() => notUp(installed, 'no screen said that it came up')),
        cameUpTimeoutMs,
      )
      probation.unref()
    }
    announce()
    if (!watched) await prove()
    return 'activated'
  }

  /** Content that no menu can show never comes to a screen, and is not fetched again. */
  async function looked(trusted: TrustedRelease, listing: ReleaseListing): Promise<Map<string, unknown>> {
    try {
      return loadContents(listing, disk.blobPath, checkMenu)
    } catch (error) {
      if (error instanceof KioskError && error.code === 'content-refused') {
        await save(refusing(pointer, trusted.manifest.number, trusted.sha256, error.code))
      }
      // A blob that was here before and has gone bad since: the next check fetches it.
      for (const hash of damagedContents(listing, disk.blobPath)) await disk.removeBlob(hash)
      throw error
    }
  }

  async function failed(error: unknown, number: number): Promise<CheckResult> {
    const { kind, code, reason } = decideFailure(error)
    if (kind === 'offline' || ending.signal.aborted) return 'offline'
    const detail: HealthEntry['detail'] = number === 0 ? { reason } : { release: number, reason }
    tell(kind === 'refused' ? 'release-refused' : 'release-fetch-failed', 'error', code, detail)
    return 'refused'
  }

  async function prove(): Promise<void> {
    await save({ ...pointer, proved: true, starts: 0 })
    // Only now is the one before the last no longer needed.
    const keep = [pointer.active, pointer.previous].filter((one) => one !== null)
    try {
      await disk.collectGarbage(keep.map(({ listing }) => ({ listing: disk.readListing(listing), hash: listing })))
    } catch {
      // What cannot be read now is not thrown away either.
    }
  }

  async function notUp(installed: Installed, reason: string): Promise<void> {
    if (pointer.active !== installed || pointer.proved) return
    await goBack(reason)
    shown = release0
    if (pointer.active !== null) {
      try {
        shown = load(pointer.active)
      } catch {
        whole = false
      }
    }
    stockShelf()
    announce()
  }

  /** To the release that was good before; this one is not tried again. */
  async function goBack(reason: string): Promise<void> {
    const bad = pointer.active
    if (bad === null) return
    const refused = refusing(pointer, bad.number, bad.release, 'release-unhealthy').refused
    await save({ active: pointer.previous, previous: null, proved: true, starts: 0, refused })
    const release = bad.number
    report('release-rolled-back', 'error', {
      release,
      backTo: pointer.active?.number ?? 0,
      error: 'release-unhealthy',
      reason,
    })
  }

  function announce(): void {
    for (const listener of listeners) listener(shown.listing.release.number)
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
      const { active, proved } = pointer
      if (active !== null && !proved && probation === null) {
        const decide = () =>
          inTurn(() => (screenWatching() ? notUp(active, 'no screen said that it came up') : prove()))
        probation = setTimeout(() => void decide(), cameUpTimeoutMs)
        probation.unref()
      }
      void shelf.lookThrough(ending.signal)
    },

    async stop(): Promise<void> {
      ending.abort()
      stopProbation()
      await running
    },

    current(): CurrentRelease {
      const { listing, contents } = shown
      return {
        number: listing.release.number,
        menus: [...contents.keys()],
        readMenu: (menu) => contents.get(menu),
      }
    },

    /** Absolute path of a file of the release shown, the one before it or release 0, proved to be whole; else null. */
    pictureFile: (hash: string): string | null => shelf.find(hash),

    /** Asks the hub. Several calls while one waits are one. */
    checkNow,

    /** A screen shows this release. */
    cameUp(releaseNumber: number): void {
      if (pointer.active === null || pointer.proved || releaseNumber !== pointer.active.number) return
      stopProbation()
      void inTurn(prove)
    },

    /** A screen says that it fails. While a release is new, that is its end. */
    screenFailed(): void {
      const { active, proved } = pointer
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

const refusedKept = 20

function refusing(pointer: Pointer, number: number, release: string, code: string): Pointer {
  const others = pointer.refused.filter((one) => one.release !== release)
  return { ...pointer, refused: [...others, { number, release, code }].slice(-refusedKept) }
}
