import { readdirSync, readFileSync } from 'node:fs'
import { createSilence, silenceTickMs } from '../../kiosk/host/silence.ts'
import { createBrowserProcesses } from '../browser-processes.ts'
import type { Devtools } from '../devtools-pipe.ts'

type Options = {
  devtools: Devtools
  /** Of the browser; it leads its process group. */
  pid: number
  page: () => string | null
  /** A dialog stops a page, and one that waits for the next page is told nothing by the browser: neither is a loop. */
  isHeldUp: () => boolean
  uptimeMs: () => number
  onHang: () => void
  onTooLarge: () => void
}

const lookMs = 2_000
const mostBytes = 1_500_000_000
const pageBytes = 4_096

/** A page that loops or grows without end is put away before the machine feels it (C1, C2); one that gets no processor is waited for. */
export function watchPage({ devtools, pid, page, isHeldUp, uptimeMs, onHang, onTooLarge }: Options) {
  const processes = createBrowserProcesses(devtools)
  const silence = createSilence({ uptimeMs, pids: processes.all })
  /** Whose answer is waited for. */
  let asked: string | null = null
  /** It is being put away. */
  let hung: string | null = null

  function listen(): void {
    const session = page()
    const notNow = session === null || session === hung || isHeldUp()
    // Another page owes no answer for the one before.
    if (notNow || (asked !== null && asked !== session)) {
      asked = null
      silence.heard()
    }
    const verdict = silence.tick()
    if (notNow) return
    if (verdict === 'hangs') {
      hung = session
      void devtools.send('Runtime.terminateExecution', {}, session).catch(() => undefined)
      onHang()
    } else if (asked === null) ask(session)
  }

  function ask(session: string): void {
    asked = session
    const answered = () => {
      if (asked !== session) return
      asked = null
      silence.heard()
    }
    void devtools.send('Runtime.evaluate', { expression: '0' }, session).then(answered, answered)
  }

  function look(): void {
    void processes.refresh().catch(() => undefined)
    if (groupBytes(pid) <= mostBytes) return
    asked = null
    onTooLarge()
  }

  look()
  const listening = setInterval(listen, silenceTickMs)
  const looking = setInterval(look, lookMs)
  listening.unref()
  looking.unref()
  return {
    stop(): void {
      clearInterval(listening)
      clearInterval(looking)
    },
  }
}

/** Bytes that the processes of a group have for themselves; what they share counts for none, or many windows would be a large page. 0 where the system does not tell. */
function groupBytes(group: number): number {
  let bytes = 0
  for (const name of pids()) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name of a program may hold spaces and brackets; what follows it does not.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(fields[2]) !== group) continue
      const [, resident, shared] = readFileSync(`/proc/${name}/statm`, 'utf8').split(' ')
      bytes += (Number(resident) - Number(shared)) * pageBytes
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
