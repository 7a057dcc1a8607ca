/** A browser that cannot write its profile does not start at all; so much it needs for a day. */
const neededBytes = 64 * 2 ** 20

/** Where the browser's profile lies: with the kiosk's data, or in memory while the disk is full or does not say that it is there. */
export function decideProfile(place: { onDisk: string; inMemory: string; freeBytes: number | null }): string {
  return (place.freeBytes ?? 0) < neededBytes ? place.inMemory : place.onDisk
}
