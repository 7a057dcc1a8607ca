import { join } from 'node:path'
import { startChild } from '../../build/child.ts'

const root = join(import.meta.dirname, '..', '..')

/** `npm start -- --headless` as a person runs it, on free ports, until it is ready. */
export async function startTown(dataDir: string) {
  const lines: string[] = []
  const town = startChild(
    join(root, 'build/start.ts'),
    ['--headless', '--hub-port', '0', '--kiosk-port', '0', '--data', dataDir],
    { cwd: root, name: 'start', quiet: true },
  )
  void town.line((line) => void lines.push(line)).catch(() => undefined)
  const [hub = '', kiosk = ''] = await town.line((line) => /^ready hub=(\S+) kiosk=(\S+)$/.exec(line)?.slice(1))
  // The last line of a start that is whole.
  await town.line((line) => (line.startsWith('Ctrl-C') ? line : undefined))
  return {
    hub,
    kiosk,
    said: (pattern: RegExp) => lines.filter((line) => pattern.test(line)),
    /** Ctrl-C; the exit code. */
    async interrupt(): Promise<number> {
      town.signal('SIGINT')
      return town.exited
    },
    stop: town.stop,
  }
}
