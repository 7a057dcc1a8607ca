import { expect, it } from 'vitest'
import { createPlannedRestarts } from './planned-restarts.ts'

function play() {
  let nowMs = 0
  const did: string[] = []
  const planned = createPlannedRestarts({
    uptimeMs: () => nowMs,
    want: (wanted) => did.push(wanted ? 'want' : 'done'),
    restart: (part, reason) => did.push(`${part}: ${reason}`),
  })
  return {
    planned,
    did,
    hear(passMs: number, signs: { resting?: boolean; restartHour?: boolean }) {
      nowMs += passMs
      planned.heard({ resting: false, restartHour: false, ...signs })
    },
  }
}

it('waits until the screen itself lets nobody begin, however long the visitor stays', () => {
  const { planned, did, hear } = play()
  planned.plan('screen', 'memory')
  hear(250, {})
  for (let sign = 0; sign < 100; sign += 1) hear(250, {})
  // Said again now and then, in case the kiosk process that heard it is another one by now.
  expect(did).toEqual(['want', 'want', 'want'])
  hear(250, { resting: true })
  expect(did.slice(3)).toEqual(['done', 'screen: memory'])
  hear(250, { resting: true })
  expect(did).toHaveLength(5)
})

it('restarts both once a night, and not when it has only just begun', () => {
  const { did, hear } = play()
  hear(60_000, { restartHour: true })
  expect(did).toEqual([])
  hear(20 * 3_600_000, { restartHour: true })
  hear(250, { restartHour: true, resting: true })
  expect(did).toEqual(['want', 'done', 'kiosk-process: nightly', 'screen: nightly'])
  hear(30 * 60_000, { restartHour: true, resting: true })
  expect(did).toHaveLength(4)
})
