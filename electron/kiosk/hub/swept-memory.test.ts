import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { benchCode, kioskBench } from '../testing/kiosk-bench.ts'

const bench = kioskBench()

it('a stream ends when it is told to, though the memory was swept since it began', async () => {
  const hub = await bench.hub()
  const one = await bench.begin()
  await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
  one.kiosk.start()
  await expect.poll(hub.watching).toBe(1)
  setFlagsFromString('--expose-gc')
  const sweep: () => void = runInNewContext('gc')
  for (let round = 0; round < 5; round += 1) {
    sweep()
    await new Promise((resolve) => setImmediate(resolve))
  }
  let stopped = false
  void bench.end(one).then(() => {
    stopped = true
  })
  await expect.poll(() => stopped).toBe(true)
})
