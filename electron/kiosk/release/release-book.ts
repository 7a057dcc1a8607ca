import { KioskError } from '../../../contract/error-codes.ts'
import type { ReleaseListing } from '../../../contract/release.ts'
import { type CheckMenu, damagedContents, loadContents } from './load-release.ts'
import type { Installed, Pointer, ReleaseDisk } from './release-disk.ts'
import { decideFailure } from './release-failure.ts'
import type { ReleaseTeller } from './release-teller.ts'
import type { TrustedRelease } from './trusted-metadata.ts'

export type Shown = { installed: Installed | null; listing: ReleaseListing; contents: Map<string, unknown> }

/** A release that could not be shown so often at the start of the program is given up. */
const startsUnproved = 3
const refusedKept = 20

type BookOptions = { disk: ReleaseDisk; release0: Shown; checkMenu: CheckMenu; teller: ReleaseTeller }

/** Which releases lie on the disk, which of them is shown, and which are not tried again. */
export function createReleaseBook({ disk, release0, checkMenu, teller }: BookOptions) {
  let pointer = disk.readPointer()
  let shown = release0

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
      const { code, reason } = decideFailure(error)
      teller.tell('release-fetch-failed', 'error', code, { reason })
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

  /** To the release that was good before; this one is not tried again. */
  async function goBack(reason: string): Promise<void> {
    const bad = pointer.active
    if (bad === null) return
    const refused = refusing(pointer, bad.number, bad.release, 'release-unhealthy').refused
    await save({ active: pointer.previous, previous: null, proved: true, starts: 0, refused })
    teller.report('release-rolled-back', 'error', {
      release: bad.number,
      backTo: pointer.active?.number ?? 0,
      error: 'release-unhealthy',
      reason,
    })
  }

  return {
    pointer: () => pointer,
    shown: () => shown,
    isShown: ({ sha256, anchor }: TrustedRelease): boolean =>
      shown.installed?.release === sha256 && shown.installed.anchor === anchor,
    isRefused: (release: string): boolean => pointer.refused.some((one) => one.release === release),

    /** The active release if it can be shown, else the one before it, else release 0. Never nothing. */
    async chooseAtStart(): Promise<void> {
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
          teller.tell('release-refused', 'error', code, { release: installed.number, reason })
          await dropDamaged(installed)
        }
      }
    },

    /** The release shown, release 0 and, while it can be read, the release before. */
    listings(): ReleaseListing[] {
      const listings = [shown.listing, release0.listing]
      if (pointer.previous !== null && pointer.previous !== shown.installed) {
        try {
          listings.push(disk.readListing(pointer.previous.listing))
        } catch {
          // The one before is of use only while it is whole.
        }
      }
      return listings
    },

    /** @throws KioskError `release-rolled-back`, `release-mixed` */
    refuseOlder({ manifest, sha256, anchor }: TrustedRelease): void {
      const { active } = pointer
      if (active === null || active.anchor !== anchor || active.release === sha256) return
      if (manifest.number < active.number) {
        throw new KioskError('release-rolled-back', `release ${manifest.number} after ${active.number}`)
      }
      if (manifest.number === active.number) {
        throw new KioskError('release-mixed', `another release of the number ${active.number}`)
      }
    },

    /** What is shown; were it release 0 for want of anything whole, still the active one, whose other files are good. */
    baseFor({ anchor }: TrustedRelease): ReleaseListing | null {
      for (const installed of [shown.installed, pointer.active]) {
        if (installed === null || installed.anchor !== anchor) continue
        try {
          return disk.readListing(installed.listing)
        } catch {
          // Damaged: the next.
        }
      }
      return null
    },

    /** Shows another release, not yet proved. All that it needs is on the disk. */
    async change(
      { manifest, sha256: release, anchor }: TrustedRelease,
      { listing, contents }: Omit<Shown, 'installed'>,
    ): Promise<Installed> {
      const hash = await disk.writeListing(listing)
      const installed: Installed = { number: manifest.number, release, anchor, listing: hash }
      const former = pointer
      const good = former.proved ? former.active : former.previous
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
      return installed
    },

    async refuse({ manifest, sha256 }: TrustedRelease, code: string): Promise<void> {
      await save(refusing(pointer, manifest.number, sha256, code))
    },

    async prove(): Promise<void> {
      await save({ ...pointer, proved: true, starts: 0 })
      // Only now is the one before the last no longer needed.
      const keep = [pointer.active, pointer.previous].filter((one) => one !== null)
      try {
        await disk.collectGarbage(keep.map(({ listing }) => ({ listing: disk.readListing(listing), hash: listing })))
      } catch {
        // What cannot be read now is not thrown away either.
      }
    },

    /** @returns whether the release before could be shown, or none was there; else release 0 is */
    async showBefore(reason: string): Promise<boolean> {
      await goBack(reason)
      shown = release0
      if (pointer.active === null) return true
      try {
        shown = load(pointer.active)
        return true
      } catch {
        return false
      }
    },
  }
}

function refusing(pointer: Pointer, number: number, release: string, code: string): Pointer {
  const others = pointer.refused.filter((one) => one.release !== release)
  return { ...pointer, refused: [...others, { number, release, code }].slice(-refusedKept) }
}
