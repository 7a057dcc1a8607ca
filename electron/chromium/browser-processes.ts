import { z } from 'zod'
import type { Devtools } from './devtools-pipe.ts'

const processesSchema = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.number() })) })
type Kind = 'renderer' | 'GPU'

/** The processes of one browser, as it last told them. */
export function createBrowserProcesses(devtools: Devtools) {
  let known: { type: string; id: number }[] = []
  const ids = (kind: Kind) => known.filter(({ type }) => type === kind).map(({ id }) => id)
  const refresh = async () => {
    known = processesSchema.parse(await devtools.send('SystemInfo.getProcessInfo')).processInfo
  }
  return {
    refresh,
    all: (): number[] => known.map(({ id }) => id),
    gpu: (): number | null => ids('GPU')[0] ?? null,
    drawing: (): number[] => [...ids('renderer'), ...ids('GPU')],
    async find(kind: Kind): Promise<number[]> {
      await refresh()
      return ids(kind)
    },
    /** One that hangs hears nothing but this. */
    async kill(kind: Kind): Promise<void> {
      await refresh()
      for (const id of ids(kind)) killProcess(id)
    },
  }
}
export type BrowserProcesses = ReturnType<typeof createBrowserProcesses>

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone by itself.
  }
}
