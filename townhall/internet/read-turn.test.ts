import { expect, it } from 'vitest'
import type { HealthEntry } from '../../contract/health.ts'
import { readTurn } from './read-turn.ts'

it.each<[string, HealthEntry['detail'], HealthEntry['detail']]>([
  ['nothing told', {}, {}],
  [
    'a whole turn',
    { lastedMs: 740_000, why: 'time', 'not-listed': 3, download: 1 },
    { lastedMs: 740_000, why: 'time', 'not-listed': 3, download: 1 },
  ],
  [
    'addresses in every place',
    {
      why: 'https://town.example/',
      lastedMs: 'https://town.example/',
      'not-listed': 'https://town.example/',
      address: 'https://town.example/',
      'https://town.example/': 4,
    },
    {},
  ],
  [
    'numbers that are no counts',
    { lastedMs: -1, denied: 0, download: -2, certificate: 1.5, permission: Number.MAX_VALUE, scheme: true },
    {},
  ],
  ['a lasting that cannot be', { lastedMs: 86_400_001, why: 'staff' }, { why: 'staff' }],
])('of %s only counts are kept', (_, told, kept) => {
  const { detail, refused } = readTurn(told)
  expect(detail).toEqual(kept)
  const { lastedMs, why, ...counts } = kept
  expect(Object.fromEntries(refused)).toEqual(counts)
})
