import { closeSync, openSync, readSync, writeSync } from 'node:fs'

/**
 * The time that hub and kiosks live in while a table is replayed. It lies in a small file that every process reads at
 * each look at its clock, so that all of them see a jump at the same instant, as they would the real one.
 * Slots of eight bytes: 0 the true time (ms UTC), 1 + 2k wall-clock error of kiosk k (ms), 2 + 2k page limit of its disk (0: none).
 */
export type PlayedTime = {
  trueMs(): number
  setTrueMs(value: number): void
  wallErrorMs(kiosk: number): number
  setWallErrorMs(kiosk: number, value: number): void
  pageLimit(kiosk: number): number | null
  setPageLimit(kiosk: number, value: number | null): void
  close(): void
}

export function openPlayedTime(file: string, mode: 'make' | 'read'): PlayedTime {
  const handle = openSync(file, mode === 'make' ? 'w+' : 'r')
  const bytes = Buffer.alloc(8)
  const read = (slot: number) => (readSync(handle, bytes, 0, 8, slot * 8) === 8 ? bytes.readDoubleLE(0) : 0)
  const write = (slot: number, value: number) => {
    bytes.writeDoubleLE(value, 0)
    writeSync(handle, bytes, 0, 8, slot * 8)
  }
  return {
    trueMs: () => read(0),
    setTrueMs: (value) => write(0, value),
    wallErrorMs: (kiosk) => read(1 + 2 * kiosk),
    setWallErrorMs: (kiosk, value) => write(1 + 2 * kiosk, value),
    pageLimit: (kiosk) => read(2 + 2 * kiosk) || null,
    setPageLimit: (kiosk, value) => write(2 + 2 * kiosk, value ?? 0),
    close: () => closeSync(handle),
  }
}
