import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..', '..')

/** `npm run town -- ARGUMENTS`, without npm. @returns what it printed @throws with its words when it fails */
export async function runTown(args: string[]): Promise<string> {
  const { DATABASE_URL: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'townhall/cli.ts'), ...args],
    { cwd: root, env, maxBuffer: 2 ** 26 },
  )
  return stdout
}
