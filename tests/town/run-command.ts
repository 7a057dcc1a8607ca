import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { awaited } from '../awaited.ts'

const root = join(import.meta.dirname, '..', '..')

export type Done = { code: number | null; out: string; bytes: Buffer; err: string }

/** A script of the house as a process of its own, as the engineer starts it. */
export function run(script: string, args: string[]): Promise<Done> {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const pieces: Buffer[] = []
  let err = ''
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  child.stderr.on('data', (piece: Buffer) => {
    err += piece.toString()
  })
  const done = new Promise<Done>((resolve) =>
    child.on('close', (code) => {
      const bytes = Buffer.concat(pieces)
      resolve({ code, bytes, out: bytes.toString(), err })
    }),
  )
  return awaited(`${script} ${args.join(' ')}`, done)
}

/** `npm run town -- …` */
export const town = (...args: string[]): Promise<Done> => run('townhall/cli.ts', args)
