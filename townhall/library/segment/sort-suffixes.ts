/** Below so many, comparing one by one is quicker than parting. */
const few = 12

/**
 * Sorts places of a text by what stands there up to the field's end (0), equal ones by place.
 * Multikey quicksort (Bentley & Sedgewick 1997) with the next two characters of each place held beside it (Ng & Kakehi 2007), so that the text
 * is touched once per two characters and not once per comparison.
 */
export function sortSuffixes(text: Uint16Array, places: Uint32Array): Uint32Array<ArrayBuffer> {
  const { sorted, starts } = byFirstCharacter(text, places)
  let largest = 0
  for (let unit = 0; unit < 0x10000; unit += 1) largest = Math.max(largest, startOf(unit + 1) - startOf(unit))
  const keys = new Int32Array(largest)
  function startOf(unit: number): number {
    return starts[unit] ?? 0
  }
  for (let unit = 0; unit < 0x10000; unit += 1)
    if (startOf(unit + 1) - startOf(unit) > 1)
      sortBucket(text, sorted.subarray(startOf(unit), startOf(unit + 1)), keys, unit)
  return sorted
}

function byFirstCharacter(text: Uint16Array, places: Uint32Array) {
  const starts = new Uint32Array(0x10001)
  for (let at = 0; at < places.length; at += 1) {
    const unit = text[places[at] as number] as number
    starts[unit + 1] = (starts[unit + 1] as number) + 1
  }
  for (let unit = 0; unit < 0x10000; unit += 1)
    starts[unit + 1] = (starts[unit + 1] as number) + (starts[unit] as number)
  const next = starts.slice()
  const sorted = new Uint32Array(places.length)
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number
    const unit = text[place] as number
    const to = next[unit] as number
    sorted[to] = place
    next[unit] = to + 1
  }
  return { sorted, starts }
}

/** Places that all begin with the same character. The numbers of the typed arrays are within bounds by construction: `as number` says so, for speed. */
function sortBucket(text: Uint16Array, places: Uint32Array, keys: Int32Array, first: number): void {
  if (first === 0) return
  // Groups still to be sorted: from, to, depth in characters, whether `keys` hold the characters at that depth.
  const open: number[] = [0, places.length, 1, 0]
  while (open.length > 0) {
    const filled = open.pop() as number
    const depth = open.pop() as number
    const to = open.pop() as number
    const from = open.pop() as number
    if (to - from <= few) {
      insertionSort(text, places, from, to, depth)
      continue
    }
    if (filled === 0) {
      for (let at = from; at < to; at += 1) {
        const place = (places[at] as number) + depth
        const one = text[place] as number
        // Flipped at the top, so that signed numbers compare as characters do.
        keys[at] = one === 0 ? -0x80000000 : ((one << 16) | (text[place + 1] as number)) ^ -0x80000000
      }
    }
    const middle = pivotOf(keys, from, to)
    let less = from
    let at = from
    let more = to
    while (at < more) {
      const key = keys[at] as number
      if (key < middle) {
        if (at !== less) swap(places, keys, at, less)
        less += 1
        at += 1
      } else if (key > middle) {
        more -= 1
        swap(places, keys, at, more)
      } else {
        at += 1
      }
    }
    if (less - from > 1) open.push(from, less, depth, 1)
    if (to - more > 1) open.push(more, to, depth, 1)
    if (more - less > 1) {
      if ((middle & 0xffff) === 0) places.subarray(less, more).sort()
      else open.push(less, more, depth + 2, 0)
    }
  }
}

function swap(places: Uint32Array, keys: Int32Array, one: number, other: number): void {
  const place = places[one] as number
  places[one] = places[other] as number
  places[other] = place
  const key = keys[one] as number
  keys[one] = keys[other] as number
  keys[other] = key
}

function pivotOf(keys: Int32Array, from: number, to: number): number {
  const step = (to - from) >> 3
  const middle = (from + to) >> 1
  if (to - from < 200) return median(keys[from] as number, keys[middle] as number, keys[to - 1] as number)
  const three = (at: number) => median(keys[at - step] as number, keys[at] as number, keys[at + step - 1] as number)
  return median(three(from + step), three(middle), three(to - step))
}

function median(one: number, two: number, three: number): number {
  if (one < two) return two < three ? two : Math.max(one, three)
  return one < three ? one : Math.max(two, three)
}

function insertionSort(text: Uint16Array, places: Uint32Array, from: number, to: number, depth: number): void {
  for (let at = from + 1; at < to; at += 1) {
    const place = places[at] as number
    let hole = at
    while (hole > from && isAfter(text, places[hole - 1] as number, place, depth)) {
      places[hole] = places[hole - 1] as number
      hole -= 1
    }
    places[hole] = place
  }
}

function isAfter(text: Uint16Array, one: number, other: number, depth: number): boolean {
  for (let at = depth; ; at += 1) {
    const left = text[one + at] as number
    const right = text[other + at] as number
    if (left !== right) return left > right
    if (left === 0) return one > other
  }
}
