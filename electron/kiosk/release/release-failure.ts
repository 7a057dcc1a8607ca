import { type ErrorCode, KioskError } from '../../../contract/error-codes.ts'

/** The hub could not be reached, or the line broke: no word about the release itself. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError'
}

/** By the names of the classes in tuf-js and @tufjs/models, which neither package exports. */
const byTufName: Record<string, ErrorCode> = {
  ExpiredMetadataError: 'release-expired',
  BadVersionError: 'release-rolled-back',
  EqualVersionError: 'release-rolled-back',
  UnsignedMetadataError: 'release-forged',
  CryptoError: 'release-forged',
  LengthOrHashMismatchError: 'release-mixed',
  RepositoryError: 'release-mixed',
}

export type ReleaseFailure = { kind: 'offline' | 'disk-full' | 'refused'; code: ErrorCode; reason: string }

/** What went wrong, as the hub is told. */
export function decideFailure(error: unknown): ReleaseFailure {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300)
  if (error instanceof OfflineError) return { kind: 'offline', code: 'hub-unreachable', reason }
  if (error instanceof KioskError && error.code === 'disk-full') return { kind: 'disk-full', code: error.code, reason }
  if (error instanceof KioskError) return { kind: 'refused', code: error.code, reason }
  const errno = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (errno === 'ENOSPC' || errno === 'EDQUOT') return { kind: 'disk-full', code: 'disk-full', reason }
  if (errno === 'EROFS' || errno === 'EACCES' || errno === 'EPERM') {
    return { kind: 'disk-full', code: 'disk-read-only', reason }
  }
  const name = error instanceof Error ? error.constructor.name : ''
  return { kind: 'refused', code: byTufName[name] ?? 'release-unreadable', reason }
}
