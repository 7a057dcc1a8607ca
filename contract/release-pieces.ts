/** Files from here on are cut into pieces when a former version of them was published. */
export const pieceFromBytes = 16 * 1024
/** Larger ones are not put together in memory. */
export const pieceUpToBytes = 64 * 1_048_576

/** About 256 pieces a file: the list stays small beside the file, and a piece small beside the list. */
export function averagePieceBytes(fileBytes: number): number {
  const wanted = Math.round(Math.log2(Math.max(1, fileBytes / 256)))
  return 2 ** Math.min(16, Math.max(10, wanted))
}

/** 256 fixed words (mulberry32 from a fixed seed): both ends must cut alike, for ever. */
const gear = Uint32Array.from({ length: 256 }, (_, index) => {
  let mixed = Math.imul(0x6d2b79f5, index + 0x4d656d75) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 15), 1 | mixed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return (mixed ^ (mixed >>> 14)) >>> 0
})

/**
 * Content-defined pieces (gear hash with a smallest and a largest piece, as in FastCDC, Xia et al., USENIX ATC 2016): an insertion
 * moves the cuts behind it along, so only the pieces around a change are new.
 * @param averageBytes a power of two
 * @returns the end offset of each piece
 */
export function cutPoints(bytes: Uint8Array, averageBytes: number): number[] {
  const smallest = averageBytes >>> 2
  const largest = averageBytes * 4
  // The upper bits of the hash know 32 bytes of the past; the lower ones only the last few.
  const mask = ((averageBytes - 1) << (32 - Math.log2(averageBytes))) >>> 0
  const ends: number[] = []
  let start = 0
  while (bytes.length - start > smallest) {
    const limit = Math.min(bytes.length, start + largest)
    let end = limit
    let hash = 0
    for (let index = start + smallest - 32; index < limit; index += 1) {
      hash = ((hash << 1) + (gear[bytes[index] ?? 0] ?? 0)) >>> 0
      if (index >= start + smallest && (hash & mask) >>> 0 === 0) {
        end = index + 1
        break
      }
    }
    ends.push(end)
    start = end
  }
  if (start < bytes.length) ends.push(bytes.length)
  return ends
}
