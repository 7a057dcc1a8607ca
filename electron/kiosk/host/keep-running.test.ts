import { expect, it } from 'vitest'
import { keepRunning, type Life } from './keep-running.ts'

const refuse = () => {
  throw new Error('no display')
}

function play(first: (() => void)[] = []) {
  const told: string[] = []
  let nowMs = 0
  let begun = 0
  let kill: (reason: string) => void = () => {}
  const kept = keepRunning<Life & { number: number }>({
    async begin() {
      begun += 1
      first.shift()?.()
      const { promise: ended, resolve } = Promise.withResolvers<string>()
      kill = resolve
      return { number: begun, ended, end: async () => resolve('told to end') }
    },
    onLost: (reason, failures) => told.push(`lost ${failures}: ${reason}`),
    onBack: (life) => told.push(`back ${life.number}`),
    uptimeMs: () => nowMs,
  })
  return {
    kept,
    told,
    begun: () => begun,
    die: (reason: string, afterMs: number) => {
      nowMs += afterMs
      kill(reason)
    },
  }
}

it('begins again at once, tells both, and ends when told', async () => {
  const played = play()
  expect((await played.kept.start()).number).toBe(1)
  played.die('killed', 100)
  await expect.poll(() => played.told).toEqual(['lost 1: killed', 'back 2'])
  // A minute of good life is forgiven.
  played.die('killed again', 60_000)
  await expect.poll(() => played.told.slice(2)).toEqual(['lost 1: killed again', 'back 3'])
  await played.kept.stop()
  expect(played.kept.current()).toBe(null)
  expect(played.begun()).toBe(3)
})

it('tries again after a try that failed', async () => {
  const played = play([() => {}, refuse])
  await played.kept.start()
  played.die('killed', 100)
  await expect.poll(() => played.told).toEqual(['lost 1: killed', 'lost 2: no display', 'back 3'])
  await played.kept.stop()
})

it('hands the first failure to whoever started it, and keeps nothing', async () => {
  const played = play([refuse])
  await expect(played.kept.start()).rejects.toThrow('no display')
  await played.kept.stop()
  expect(played.begun()).toBe(1)
})

it('stops while it waits for the next try', async () => {
  const one = play()
  await one.kept.start()
  for (const reason of ['first', 'second']) {
    one.die(reason, 10)
    await expect.poll(() => one.told.at(-1)).toContain(reason === 'first' ? 'back' : 'lost 2')
  }
  await one.kept.stop()
  expect(one.begun()).toBe(2)
})
