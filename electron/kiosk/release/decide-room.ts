/** Stays free on the disk for what is counted there. */
const reserveBytes = 256 * 1_048_576
/** So little is tried in any case. */
const tryAnywayBytes = 16 * 1_048_576

/** Whether so much is begun at all. Else a disk that is too small would be filled by the same download again and again. */
export function decideRoom(comingBytes: number, freeBytes: number): boolean {
  return comingBytes <= tryAnywayBytes || comingBytes + reserveBytes <= freeBytes
}
