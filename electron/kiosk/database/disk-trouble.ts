/** The extended result code of an SQLite failure, null for any other error. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return error.code.startsWith('SQLITE_') ? error.code : null
}

/**
 * `full`: no room, or the disk fails to write: worth trying again later. `read-only`: the same, for another reason.
 * `busy`: something else (a backup) holds the file for the moment. null: not the disk's doing.
 */
export function diskTrouble(error: unknown): 'full' | 'read-only' | 'busy' | null {
  const code = sqliteCode(error)
  if (code === null) {
    const system = error instanceof Error && 'code' in error ? error.code : null
    if (system === 'ENOSPC' || system === 'EDQUOT' || system === 'EIO') return 'full'
    return system === 'EROFS' ? 'read-only' : null
  }
  if (code === 'SQLITE_FULL' || (code.startsWith('SQLITE_IOERR') && !code.startsWith('SQLITE_IOERR_CORRUPT')))
    return 'full'
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return 'read-only'
  }
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED') ? 'busy' : null
}

/** The file itself is damaged, or is no database. */
export function isCorrupt(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== null && /^SQLITE_(?:CORRUPT|NOTADB|IOERR_CORRUPT|IOERR_SHORT_READ|SCHEMA|FORMAT)/.test(code)
}
