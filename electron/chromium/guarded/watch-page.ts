import { readdirSync, readFileSync } from 'node:fs'
import type { Devtools } from '../devtools-pipe.ts'

type Options = {
  devtools: Devtools
  /** Of the browser; it leads its process group. */
  pid: number
  page: () => string | null
  dialogOpen: () => boolean
  onHang: () => void
  onTooLarge: () => void
}

const lookMs = 2_000
/** A page that has not answered for so long loops. */
const hangLimitMs = 8_000
const mostBytes = 1_500_000_000
const pageBytes = 4_096

/** A page that loops or grows without end is put away before the machine feels it (C1, C2). */
export function watchPage({ devtools, pid, page, dialogOpen, onHang, onTooLarge }: Options) {
  let stopped = false
  let asked: { session: string; timer: NodeJS.Timeout } | null = null

  function look(): void {
    if (groupBytes(pid) > mostBytes) {
      forget()
      onTooLarge()
      return
    }
    const session = page()
    // A dialog stops a page, and that is no loop.
    if (asked !== null || session === null || dialogOpen()) return
    const timer = setTimeout(() => {
      asked = null
      if (stopped || session !== page() || dialogOpen()) return
      void devtools.send('Runtime.terminateExecution', {}, session).catch(() => undefined)
      onHang()
    }, hangLimitMs)
    asked = { session, timer }
    const answered = () => {
      clearTimeout(timer)
      if (asked?.timer === timer) asked = null
    }
    void devtools.send('Runtime.evaluate', { expression: '0' }, session).then(answered, answered)
  }

  function forget(): void {
    if (asked !== null) clearTimeout(asked.timer)
    asked = null
  }

  const looking = setInterval(look, lookMs)
  looking.unref()
  return {
    stop(): void {
      stopped = true
      clearInterval(looking)
      forget()
    },
  }
}

/** Resident bytes of all processes of a group; 0 where the system does not tell. */
function groupBytes(group: number): number {
  let bytes = 0
  for (const name of pids()) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name of a program may hold spaces and brackets; what follows it does not.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(fields[2]) === group) bytes += Number(fields[21]) * pageBytes
    } catch {
      // It ended meanwhile.
    }
  }
  return bytes
}

function pids(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}
