import { readFileSync } from 'node:fs'

/** What these processes use together, each shared page counted once; 0 where the system does not tell. */
export function usedMb(pids: readonly number[]): number {
  return Math.round(pids.reduce((sum, pid) => sum + kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss'), 0) / 1_024)
}

export function machineMemory(): { availableMb: number | null; totalMb: number | null } {
  const [available, total] = [kilobytes('/proc/meminfo', 'MemAvailable'), kilobytes('/proc/meminfo', 'MemTotal')]
  return total === 0 ? { availableMb: null, totalMb: null } : { availableMb: available / 1_024, totalMb: total / 1_024 }
}

function kilobytes(file: string, name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
