import { expect, it } from 'vitest'
import type { Departure } from './maintenance/maintenance.ts'
import { setPin } from './maintenance/pin-store.ts'
import { benchCode, kioskBench } from './testing/kiosk-bench.ts'
import type { TestKiosk } from './testing/test-kiosk.ts'

const bench = kioskBench()
const pin = '582914'

async function opened(one: TestKiosk): Promise<string> {
  const answer = await one.screen.maintenance.open({ pin })
  if (answer.state !== 'opened') throw new Error(`not opened: ${answer.state}`)
  return answer.token
}

it('shows versions, line, disk, queue, and what went wrong of late, also before the last restart', async () => {
  const first = await bench.begin()
  first.kiosk.report('screen-failed', 'error', { message: 'torn' })
  first.kiosk.report('kiosk-started', 'info', {})
  await bench.end(first)
  await setPin(bench.data(), pin)
  const one = await bench.begin()
  await one.touch()
  const token = await opened(one)
  const view = await one.screen.maintenance.view({ token })
  expect(view).toMatchObject({ status: { outboxDepth: 1, releaseNumber: 0, host: 'headless' }, hub: null })
  expect(view.status.freeDiskBytes).toBeGreaterThan(0)
  expect(view.versions.node).toBe(process.versions.node)
  expect(view.recent).toContainEqual(expect.objectContaining({ code: 'screen-failed', detail: { message: 'torn' } }))
  expect(view.recent.map(({ level }) => level)).not.toContain('info')
})

it('enrols again from the screen: a wrong code is said by its name, the right one gives a name, and the PIN stays', async () => {
  const hub = await bench.hub()
  await setPin(bench.data(), pin)
  const one = await bench.begin()
  await one.touch()
  const token = await opened(one)
  expect(await one.screen.maintenance.testLine({ token })).toMatchObject({ outcome: 'not-enrolled' })
  const enrol = (hubUrl: string, code: string) => one.screen.maintenance.enrolAgain({ token, hubUrl, code })
  await expect(enrol(hub.url, 'A2C4-E6G8-J0K2')).rejects.toMatchObject({ code: 'enrolment-code-refused' })
  await expect(enrol(hub.url, 'A2C4')).rejects.toMatchObject({ code: 'bad-arguments' })
  await expect(enrol('http://elsewhere.example', benchCode)).rejects.toMatchObject({ code: 'bad-arguments' })
  expect(await enrol(hub.url, benchCode)).toEqual({ kioskId: hub.kioskId })
  expect(await one.screen.maintenance.testLine({ token })).toMatchObject({ outcome: 'answers' })
  one.kiosk.start()
  await expect.poll(async () => (await one.screen.maintenance.sendNow({ token })).outboxDepth).toBe(0)
  expect(hub.events.size).toBe(1)
  await hub.close()
  expect(await one.screen.maintenance.testLine({ token })).toMatchObject({ outcome: 'unreachable' })
  await one.screen.maintenance.lock({ token })
  await opened(one)
})

it('hands the wish to begin anew or to end to its host, and is locked from then on', async () => {
  const wishes: Departure[] = []
  await setPin(bench.data(), pin)
  const one = await bench.begin({ onDeparture: (how) => wishes.push(how) })
  for (const call of ['restart', 'leave'] as const) {
    const token = await opened(one)
    await one.screen.maintenance[call]({ token })
    await expect(one.screen.maintenance.view({ token })).rejects.toMatchObject({ code: 'not-permitted' })
  }
  expect(wishes).toEqual(['restart', 'service'])
})

it('while staff are at the service screen, no planned restart finds the screen at rest', async () => {
  await setPin(bench.data(), pin)
  const one = await bench.begin()
  const rests = async () => {
    await one.screen.screen.alive({ visiting: false, resting: true })
    return one.kiosk.screen().resting
  }
  expect(await rests()).toBe(true)
  const token = await opened(one)
  expect(await rests()).toBe(false)
  await one.screen.maintenance.lock({ token })
  expect(await rests()).toBe(true)
})
