import { X509Certificate } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import type { Pin } from '../identity/identity-store.ts'
import { madeCertificate } from '../testing/made-certificate.ts'
import { decidePins } from './decide-pins.ts'

let old: Pin
let next: Pin
let third: Pin
async function made(name: string): Promise<Pin> {
  const { cert } = await madeCertificate(name, { from: 2020, to: 2040 })
  const certificate = new X509Certificate(cert)
  return { fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(), pem: certificate.toString() }
}
beforeAll(async () => {
  old = await made('old')
  next = await made('next')
  third = await made('third')
})
const names = (pins: Pin[] | null) => pins?.map((pin) => pin.fingerprint) ?? null

it('takes the announced one beside the one that is shown, and lets the old one go when it is shown no more', () => {
  expect(names(decidePins([old], [old.pem, next.pem], old.fingerprint))).toEqual(names([old, next]))
  expect(names(decidePins([old, next], [next.pem], next.fingerprint))).toEqual(names([next]))
})

it('keeps the one that is shown although the hub forgets to name it', () => {
  expect(names(decidePins([old], [third.pem], old.fingerprint))).toEqual(names([old, third]))
})

it('changes nothing for the same list, an empty one, an unreadable one, or where nothing is pinned', () => {
  expect(decidePins([old, next], [next.pem, old.pem], old.fingerprint)).toBeNull()
  expect(decidePins([old], [], old.fingerprint)).toBeNull()
  expect(decidePins([old], [next.pem, 'nonsense'], old.fingerprint)).toBeNull()
  expect(decidePins([], [next.pem], null)).toBeNull()
})
