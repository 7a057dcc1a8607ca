import { join } from 'node:path'
import { startChild } from '../../build/child.ts'
import { awaited } from '../awaited.ts'

const root = join(import.meta.dirname, '..', '..')

/** `npm start -- --headless` as a person runs it, on free ports, until it is ready. `config`: of another facility than the first. */
export async function startTown(dataDir: string, config?: string) {
  const lines: string[] = []
  const town = startChild(
    join(root, 'build/start.ts'),
    [
      ...['--headless', '--hub-port', '0', '--kiosk-port', '0', '--data', dataDir],
      ...(config === undefined ? [] : ['--config', config]),
    ],
    { cwd: root, name: 'start', quiet: true },
  )
  void town.line((line) => void lines.push(line)).catch(() => undefined)
  const [hub = '', kiosk = ''] = await awaited(
    'npm start says that it is ready',
    town.line((line) => /^ready hub=(\S+) kiosk=(\S+)$/.exec(line)?.slice(1)),
  )
  // The last line of a start that is whole.
  await awaited(
    'the last line of npm start',
    town.line((line) => (line.startsWith('Ctrl-C') ? line : undefined)),
  )
  return {
    hub,
    kiosk,
    said: (pattern: RegExp) => lines.filter((line) => pattern.test(line)),
    /** Ctrl-C; the exit code. */
    async interrupt(): Promise<number> {
      town.signal('SIGINT')
      return awaited('npm start ends after Ctrl-C', town.exited)
    },
    stop: town.stop,
  }
}
