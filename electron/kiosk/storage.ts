import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { KioskError } from '../../contract/error-codes.ts'
import { type Cache, openCache } from './cache/cache.ts'
import { createIdentityStore, type Identity, type IdentityStore } from './identity/identity-store.ts'
import { createSequenceFloor, type SequenceFloorFile } from './identity/sequence-floor.ts'
import { type OutboxFile, openOutbox } from './outbox/open-outbox.ts'

export type KeptText = { read(): string | null; write(text: string): void }

export type Storage = {
  identities: IdentityStore
  identity(): Identity | null
  setIdentity(identity: Identity): void
  floor: SequenceFloorFile
  outbox: OutboxFile
  /** What the next sequences must lie above if the outbox is lost; best effort, the outbox itself knows better. */
  noteGiven(lastSequence: number): void
  /** Text that may be lost. */
  text(name: 'recent-reports' | 'touch-panel' | 'touch-days' | 'worn-in-boot'): KeptText
  /** What was found damaged while opening. */
  found: { identityUnusable: string | null; cacheSetAside: string | null }
  close(): void
}

type StorageOptions = { dataDir: string; wallMs: () => number; pageLimit: () => number | null }

/** Opens all that the kiosk keeps. Who it is comes first: the numbers of the queue belong to the name. */
export function openStorage({ dataDir, wallMs, pageLimit }: StorageOptions): Storage {
  makeFolder(dataDir)
  const found: Storage['found'] = { identityUnusable: null, cacheSetAside: null }
  const identities = createIdentityStore(join(dataDir, 'identity'))
  let identity: Identity | null = null
  try {
    identity = identities.load()
  } catch (error) {
    if (!(error instanceof KioskError)) throw error
    // Without a name it still counts; it cannot send until someone enrols it again.
    found.identityUnusable = error.message
  }
  const kioskId = () => identity?.kioskId ?? null
  const cache: Cache = openCache(join(dataDir, 'cache.sqlite'), wallMs, (aside) => {
    found.cacheSetAside = aside
  })
  const floor = createSequenceFloor(join(dataDir, 'identity', 'sequence-floor.json'), kioskId)
  const givenName = () => `usage-given:${kioskId() ?? ''}`
  const outbox = openOutbox({
    path: join(dataDir, 'outbox.sqlite'),
    wallMs,
    pageLimit,
    floor() {
      const sent = floor.read()
      const given = Number(cache.get(givenName()) ?? 0)
      return { ...sent, usage: Math.max(sent.usage, Number.isSafeInteger(given) ? given : 0) }
    },
  })
  return {
    identities,
    identity: () => identity,
    setIdentity(next) {
      identity = next
    },
    floor,
    outbox,
    noteGiven(lastSequence) {
      try {
        cache.set(givenName(), String(lastSequence))
      } catch {
        // A full disk, most likely; the outbox said so already.
      }
    },
    text: (name) => ({
      read: () => cache.get(name),
      write(text) {
        try {
          cache.set(name, text)
        } catch {
          // A full disk, most likely, which is reported by those who need it.
        }
      },
    }),
    found,
    close() {
      outbox.close()
      cache.close()
    },
  }
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    const message = `cannot make the data folder ${dataDir}`
    throw new KioskError(full ? 'disk-full' : 'disk-read-only', message, { file: dataDir }, { cause: error })
  }
}
