import { readdirSync, readFileSync } from 'node:fs'

const pageBytes = 4_096
const tickMs = 10

type Told = { pid: number; parent: number; group: number; cpuMs: number; residentBytes: number }

const numbers = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name))

/** Of every process that can be read: what /proc tells. */
function all(): Told[] {
  return numbers().flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name of a program may hold spaces and brackets; what follows it does not.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const number = (at: number) => Number(fields[at])
      // One that ended and was not yet asked about holds nothing.
      if (fields[0] === 'Z') return []
      return {
        pid: Number(name),
        parent: number(1),
        group: number(2),
        cpuMs: (number(11) + number(12)) * tickMs,
        residentBytes: number(21) * pageBytes,
      }
    } catch {
      return []
    }
  })
}

/** Leaders of process groups that this process began: the browsers of a kiosk process. */
export function browsersOf(pid: number): number[] {
  return all()
    .filter(({ parent, group, pid: own }) => parent === pid && group === own)
    .map(({ pid: own }) => own)
}

export function groupsOf(leaders: readonly number[]): { count: number; bytes: number; cpuMs: number } {
  const of = all().filter(({ group }) => leaders.includes(group))
  return {
    count: of.length,
    bytes: of.reduce((sum, { pid, residentBytes }) => sum + (sharedOut(pid) ?? residentBytes), 0),
    cpuMs: of.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  }
}

export const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024

/** Memory that several hold is shared out among them; null where the system does not tell. */
function sharedOut(pid: number): number | null {
  try {
    const told = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
    return told ? Number(told[1]) * 1_024 : null
  } catch {
    return null
  }
}

/** Programs that carry this folder as their home, by name: what was begun from a host that runs there. */
export function commandsIn(home: string): string[] {
  return numbers().flatMap((name) => {
    try {
      const homes = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`HOME=${home}`)
      return homes ? [readFileSync(`/proc/${name}/comm`, 'utf8').trim()] : []
    } catch {
      return []
    }
  })
}
