import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startTown, type Town, townFiles } from './release-town.ts'

let town: Town
beforeEach(async () => {
  town = await startTown()
  await town.release0('zero')
  await town.publish(townFiles('one'))
})
afterEach(() => town.close())

const codes = (kiosk: Awaited<ReturnType<Town['kiosk']>>) => kiosk.told.map(({ code }) => code)

it('a release that a screen confirms stays', async () => {
  const kiosk = await town.kiosk('a', { screenWatching: () => true, cameUpTimeoutMs: 60_000 })
  expect(await kiosk.service.checkNow()).toBe('activated')
  const pointer = () => JSON.parse(readFileSync(join(kiosk.dir, 'releases', 'active.json'), 'utf8'))
  expect(pointer()).toMatchObject({ active: { number: 1 }, proved: false })
  kiosk.service.cameUp(1)
  await expect.poll(() => pointer().proved).toBe(true)
  kiosk.service.screenFailed()
  await kiosk.service.checkNow()
  expect(kiosk.text()).toBe('one')
  expect(codes(kiosk)).toEqual(['release-activated'])
})

it('one that no screen confirms is taken back, told, and not tried again; the next one is', async () => {
  const watching = { now: false }
  const kiosk = await town.kiosk('a', { screenWatching: () => watching.now, cameUpTimeoutMs: 50 })
  await kiosk.service.checkNow()
  watching.now = true
  await town.publish(townFiles('two'))
  const seen: number[] = []
  kiosk.service.subscribe((number) => seen.push(number))
  expect(await kiosk.service.checkNow()).toBe('activated')
  await expect.poll(() => seen).toEqual([2, 1])
  expect(kiosk.text()).toBe('one')
  expect(kiosk.told.at(-1)).toMatchObject({ code: 'release-rolled-back', detail: { release: 2, backTo: 1 } })
  expect(await kiosk.service.checkNow()).toBe('refused')
  expect((await town.kiosk('a')).text()).toBe('one')

  kiosk.service.subscribe((number) => kiosk.service.cameUp(number))
  await town.publish(townFiles('three'))
  expect(await kiosk.service.checkNow()).toBe('activated')
  expect(kiosk.text()).toBe('three')
})

it('one under which the screen fails is taken back at once; later failures are not its fault', async () => {
  const kiosk = await town.kiosk('a', { screenWatching: () => true, cameUpTimeoutMs: 60_000 })
  await kiosk.service.checkNow()
  kiosk.service.cameUp(1)
  await town.publish(townFiles('two'))
  await kiosk.service.checkNow()
  kiosk.service.screenFailed()
  await expect.poll(() => kiosk.text()).toBe('one')
  kiosk.service.screenFailed()
  await kiosk.service.checkNow()
  expect(kiosk.text()).toBe('one')
  await kiosk.service.stop()
})

it('the first release goes back to release 0', async () => {
  const kiosk = await town.kiosk('a', { screenWatching: () => true, cameUpTimeoutMs: 60_000 })
  await kiosk.service.checkNow()
  kiosk.service.screenFailed()
  await expect.poll(() => kiosk.text()).toBe('zero')
  expect(kiosk.told.at(-1)?.detail).toMatchObject({ release: 1, backTo: 0 })
  await kiosk.service.stop()
})

it('a release under which the program itself keeps ending is given up after three starts', async () => {
  const options = { screenWatching: () => true, cameUpTimeoutMs: 60_000 }
  const first = await town.kiosk('a', options)
  await first.service.checkNow()
  first.service.cameUp(1)
  await town.publish(townFiles('two'))
  await first.service.checkNow()
  await first.service.stop()
  for (let starts = 1; starts <= 3; starts += 1) expect((await town.kiosk('a', options)).text()).toBe('two')
  const last = await town.kiosk('a', options)
  expect(last.text()).toBe('one')
  expect(codes(last)).toEqual(['release-rolled-back'])
})

it('a start in the middle of the waiting goes on waiting', async () => {
  const options = { screenWatching: () => true, cameUpTimeoutMs: 60_000 }
  const first = await town.kiosk('a', options)
  await first.service.checkNow()
  await first.service.stop()
  const second = await town.kiosk('a', { ...options, cameUpTimeoutMs: 50 })
  second.service.start()
  await expect.poll(() => second.text()).toBe('zero')
  await second.service.stop()
})
