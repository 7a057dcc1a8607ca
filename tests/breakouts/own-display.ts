import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { awaited } from '../awaited.ts'

/** A display of its own with nothing on it, not even a window manager, and a keyboard and mouse that are plugged into it. */
export type OwnDisplay = {
  name: string
  /** As xdotool writes a chord: `ctrl+shift+n`. The display's own key events, as of a real keyboard. */
  press(...chords: string[]): Promise<void>
  /** Anything else that xdotool does. */
  does(...words: string[]): Promise<string>
  /** Every window that can be seen, dialogs and menus too. */
  windows(): Promise<string[]>
  end(): Promise<void>
}

const onPath = (name: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

/** Why there can be none on this machine; null: there can. */
export const displayMissing =
  ['Xvfb', 'xdotool']
    .filter((name) => !onPath(name))
    .map((name) => `no ${name} on this machine`)
    .at(0) ?? null

/** `as`: under the name of one that has ended. */
export async function makeDisplay(size = '1920x1080', as: string[] = []): Promise<OwnDisplay> {
  const server = spawn('Xvfb', [...as, '-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', `${size}x24`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = once(server, 'exit')
  const told = server.stdio[3]
  if (told === null || told === undefined || !('read' in told)) throw new Error('Xvfb has no pipe')
  const [number] = await awaited('Xvfb tells its display', once(createInterface({ input: told }), 'line'))
  const name = `:${number}`
  const run = promisify(execFile)
  const does = async (...words: string[]) =>
    (await run('xdotool', words, { env: { ...process.env, DISPLAY: name } })).stdout
  return {
    name,
    does,
    press: async (...chords) => void (await does('key', '--clearmodifiers', ...chords)),
    windows: () =>
      does('search', '--onlyvisible', '--class', '.*').then(
        (said) => said.split('\n').filter(Boolean),
        // It calls finding none a failure.
        () => [],
      ),
    async end() {
      server.kill()
      await awaited('Xvfb ends', ended)
    },
  }
}
