import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export type Child = {
  /** Resolves with the first line of standard output that `match` accepts; rejects with the last words of the process when it ends before. */
  line<T>(match: (line: string) => T | undefined): Promise<T>
  exited: Promise<number>
  /** To this process alone. */
  signal(name: NodeJS.Signals): void
  stop(): Promise<void>
}

/** A child process of the house, run by this same Node; its lines are kept until somebody asks for them. */
export function startChild(
  script: string,
  args: string[],
  options: { cwd: string; name: string; quiet?: boolean },
): Child {
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: options.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C reaches only us, and we end the parts in order.
    detached: true,
  })
  const lines: string[] = []
  const listeners = new Set<(line: string) => void>()
  const take = (line: string) => {
    lines.push(line)
    if (lines.length > 200) lines.shift()
    for (const listener of listeners) listener(line)
  }
  if (child.stdout) createInterface({ input: child.stdout }).on('line', take)
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      take(line)
      if (!options.quiet) process.stderr.write(`[${options.name}] ${line}\n`)
    })
  }
  const exited = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))
  return {
    exited,
    signal: (name) => void child.kill(name),
    line: (match) =>
      new Promise((resolve, reject) => {
        const look = (line: string) => {
          const found = match(line)
          if (found === undefined) return
          listeners.delete(look)
          resolve(found)
        }
        listeners.add(look)
        for (const line of lines) look(line)
        void exited.then(() => reject(new Error(lines.slice(-5).join('\n') || `${options.name} ended without a word`)))
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await exited
      clearTimeout(late)
    },
  }
}
