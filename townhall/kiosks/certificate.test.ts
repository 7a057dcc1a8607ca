import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { certificateStore, fingerprintOf } from './certificate.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'certificate-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))
const nowMs = Date.UTC(2026, 10, 24)

it('is made once, for the names it is reached by, for ten years, and only its owner may read it', async () => {
  const store = certificateStore(dir)
  expect(store.current()).toBeNull()
  const made = await store.ensure(['hub.town.example', '192.0.2.7'], nowMs)
  expect(await certificateStore(dir).ensure(['other.example'], nowMs)).toEqual(made)
  const certificate = new X509Certificate(made.certPem)
  expect(certificate.checkHost('hub.town.example')).toBe('hub.town.example')
  expect(certificate.checkIP('192.0.2.7')).toBe('192.0.2.7')
  expect(new Date(certificate.validFrom).getTime()).toBeLessThan(nowMs)
  expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2036)
  for (const file of readdirSync(join(dir, 'tls'))) expect(statSync(join(dir, 'tls', file)).mode & 0o077, file).toBe(0)
})

it('a next one is prepared beside it, and takes over when told', async () => {
  const store = certificateStore(dir)
  expect(store.activate()).toBe(false)
  const first = await store.ensure(['localhost'], nowMs)
  const second = await store.prepare(['localhost'], nowMs)
  expect(fingerprintOf(second.certPem)).not.toBe(fingerprintOf(first.certPem))
  expect(store.current()).toEqual(first)
  expect(store.next()).toEqual(second)
  expect(store.activate()).toBe(true)
  expect(store.current()).toEqual(second)
  expect(store.next()).toBeNull()
})
