import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, expect, it } from 'vitest'
import { isProcessAlive } from './process-owner.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A child of somebody who never asks what became of it. */
async function childOfNobody(command: string): Promise<number> {
  const parent = spawn('sh', ['-c', `${command} & echo $!; exec sleep 600`], { stdio: ['ignore', 'pipe', 'ignore'] })
  ends.push(() => parent.kill('SIGKILL'))
  const [line] = await once(createInterface({ input: parent.stdout }), 'line')
  return Number(line)
}

it('a process that runs is alive, and so is one that may not be signalled', () => {
  expect(isProcessAlive(process.pid)).toBe(true)
  expect(isProcessAlive(1)).toBe(true)
})

it('a process that was killed is not alive, also while nobody has taken leave of it', async () => {
  const pid = await childOfNobody('sleep 600')
  expect(isProcessAlive(pid)).toBe(true)
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => isProcessAlive(pid)).toBe(false)
  // It is still there: its number belongs to it.
  expect(() => process.kill(pid, 0)).not.toThrow()
})
