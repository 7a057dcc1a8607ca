import { expect, it } from 'vitest'
import { decideMemory, type MemoryUse, type MemoryVerdict } from './decide-memory.ts'

const well: MemoryUse = { kioskMb: 150, browserMb: 500, availableMb: 2_500, totalMb: 4_000 }
const table: [string, Partial<MemoryUse>, MemoryVerdict][] = [
  ['an ordinary day', {}, null],
  ['a browser that grew', { browserMb: 1_801 }, { part: 'screen', when: 'between-visitors', usedMb: 1_801 }],
  ['a kiosk process that grew', { kioskMb: 601 }, { part: 'kiosk-process', when: 'between-visitors', usedMb: 601 }],
  ['a machine at its end', { availableMb: 110 }, { part: 'screen', when: 'now', usedMb: 500 }],
  [
    'and the kiosk process is why',
    { availableMb: 50, kioskMb: 900 },
    { part: 'kiosk-process', when: 'now', usedMb: 900 },
  ],
  ['a small machine that is nearly full', { availableMb: 130, totalMb: 2_000 }, null],
  ['a system that does not say', { availableMb: null, totalMb: null }, null],
]
it.each(table)('%s', (_name, changed, verdict) => {
  expect(decideMemory({ ...well, ...changed })).toEqual(verdict)
})
