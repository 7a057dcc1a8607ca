/** Lists of as many as fit into an answer of so many bytes of JSON; one at least, also of nothing. */
export function inParts(ids: readonly string[], mostBytes: number): string[][] {
  let last: string[] = []
  const parts = [last]
  let bytes = 0
  for (const id of ids) {
    // Its quotation marks and comma.
    const own = Buffer.byteLength(JSON.stringify(id)) + 1
    if (bytes + own > mostBytes && last.length > 0) {
      last = []
      parts.push(last)
      bytes = 0
    }
    last.push(id)
    bytes += own
  }
  return parts
}
