import { expect } from 'vitest'
import { benchCode, benchNowMs, kioskBench } from '../../electron/kiosk/testing/kiosk-bench.ts'
import { madeCertificate } from '../../electron/kiosk/testing/made-certificate.ts'
import { playedClock } from '../../electron/kiosk/testing/test-kiosk.ts'
import { breakout } from './breakout.ts'

const bench = kioskBench()
const dayMs = 86_400_000

breakout('E12', 'another certificate than the one of the enrolment hears not a byte, and it is told', async () => {
  const right = await madeCertificate('hub', { from: 2020, to: 2040 })
  const wrong = await madeCertificate('hub', { from: 2020, to: 2040 })
  const hub = await bench.hub({ tls: right })
  const one = await bench.begin()
  await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
  await hub.changeCertificate(wrong)
  const before = hub.requests.length
  await one.touch()
  await one.kiosk.flush()
  expect(hub.requests.length).toBe(before)
  expect(one.codes()).toContain('hub-certificate-refused')
  await hub.changeCertificate(right)
  await one.kiosk.flush()
  expect(hub.acknowledged()).toBe(1)
  expect([...hub.health.values()].map((entry) => entry.code)).toContain('hub-certificate-refused')
})

breakout('E11', 'an access of a kiosk whose clock is set back counts on its true day, and once', async () => {
  let trueMs = benchNowMs
  const clock = playedClock({ wallMs: benchNowMs })
  const hub = await bench.hub({ nowMs: () => trueMs })
  const one = await bench.begin({ clock })
  await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
  const expected: number[] = []
  for (const setByMs of [-400 * dayMs, 30 * dayMs, -3_600_000]) {
    clock.jump(setByMs)
    clock.pass(dayMs)
    trueMs += dayMs
    await one.touch()
    expected.push(trueMs)
  }
  await one.kiosk.flush()
  expect([...hub.events.values()].map(({ atMs }) => atMs)).toEqual(expected)
})
