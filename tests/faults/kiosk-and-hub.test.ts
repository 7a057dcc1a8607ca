import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lastingPort } from '../../electron/kiosk/testing/lasting-port.ts'
import { madeCertificate } from '../../electron/kiosk/testing/made-certificate.ts'
import { playedClock, type TestKiosk, testKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'
import { createHub, type Hub, type HubTls } from '../../townhall/app.ts'
import { publishRelease } from '../../townhall/releases/publish-release.ts'
import type { ReleaseFile } from '../../townhall/releases/release-file.ts'
import { awaited } from '../awaited.ts'

/** The real hub with its own certificate, and the real kiosk, over TLS on loopback. */
let folder: string
let hub: Hub
let kiosk: TestKiosk
const nowMs = Date.UTC(2026, 10, 24, 3)
const clock = { nowMs: () => nowMs }

async function startHub(port: number, tls: HubTls = { kind: 'self-made' }): Promise<void> {
  hub = await createHub({
    dataDir: join(folder, 'hub'),
    host: '127.0.0.1',
    port,
    tls,
    clock,
    log: pino({ level: 'silent' }),
    consoleDir: join(folder, 'no-console'),
  })
}
async function restartHub(between: () => void = () => {}): Promise<void> {
  const { port } = new URL(hub.url)
  await hub.close()
  between()
  await startHub(Number(port))
}
async function startKiosk(): Promise<void> {
  kiosk = await testKiosk({
    dataDir: join(folder, 'kiosk'),
    release0Dir: join(folder, 'release0'),
    // The machine's battery is empty; the certificate would not be valid yet.
    clock: playedClock({ wallMs: 0 }),
  })
}
async function newCode(): Promise<string> {
  const facility = hub.parts.facilities.find((one) => one.id === 'kenko-plaza')
  if (facility === undefined) throw new Error('no such facility')
  return (await hub.parts.enrolment.createCode(facility, 'test')).code
}
const held = async () => (await hub.parts.usage.sequenceState(1)).acknowledgedThrough

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-and-hub-'))
  await startHub(await lastingPort())
  await startKiosk()
})
afterEach(async () => {
  await kiosk.kiosk.stop()
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

it('enrols once by a code, sends over the pinned line, and goes on after a restart of either', async () => {
  const code = await newCode()
  await kiosk.touch()
  expect(await kiosk.kiosk.enrol({ hubUrl: hub.url, code })).toEqual({ kioskId: 'kenko-plaza' })
  await kiosk.kiosk.flush()
  expect(await held()).toBe(1)
  await expect(kiosk.kiosk.enrol({ hubUrl: hub.url, code })).rejects.toMatchObject({ code: 'enrolment-code-refused' })

  await restartHub()
  await kiosk.kiosk.stop()
  await startKiosk()
  kiosk.kiosk.start()
  await kiosk.touch()
  await expect.poll(() => held()).toBe(2)
  const connected = async () => {
    for await (const state of await kiosk.screen.device.watch()) if (state.line === 'connected') return
  }
  await awaited('the screen is told that the line stands', connected())
})

it('follows a certificate that was announced, and refuses one that was not', async () => {
  await kiosk.kiosk.enrol({ hubUrl: hub.url, code: await newCode() })
  await hub.parts.certificates.prepare(['127.0.0.1'], nowMs)
  kiosk.kiosk.start()
  await expect.poll(() => kiosk.codes()).toContain('hub-certificates-rolled')
  const { certificates } = hub.parts
  await restartHub(() => expect(certificates.activate()).toBe(true))
  await kiosk.touch()
  await expect.poll(() => held()).toBe(1)
  expect(kiosk.codes()).not.toContain('hub-certificate-refused')

  await restartHub(() => rmSync(join(folder, 'hub', 'tls'), { recursive: true }))
  await kiosk.touch()
  await expect.poll(() => kiosk.codes()).toContain('hub-certificate-refused')
  expect(await held()).toBe(1)
  expect(kiosk.kiosk.status().outboxDepth).toBe(1)
})

it('a kiosk that the town retired sends no more, goes on counting, and is admitted again under a new name', async () => {
  await kiosk.kiosk.enrol({ hubUrl: hub.url, code: await newCode() })
  await hub.parts.kiosks.revoke('kenko-plaza', nowMs)
  await kiosk.touch()
  await kiosk.kiosk.flush()
  expect(kiosk.codes()).toContain('hub-revoked')
  expect(await kiosk.touch()).toEqual({ state: 'recorded' })
  expect(await kiosk.kiosk.enrol({ hubUrl: hub.url, code: await newCode() })).toEqual({ kioskId: 'kenko-plaza-2' })
  await kiosk.kiosk.flush()
  expect((await hub.parts.usage.sequenceState(2)).acknowledgedThrough).toBe(2)
  expect(kiosk.kiosk.status().outboxDepth).toBe(0)
})

it('enrols with a hub whose certificate the town gave it', async () => {
  const { key, cert } = await madeCertificate('hub.town.example', { from: 2020, to: 2040 })
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
  writeFileSync(files.certFile, cert)
  writeFileSync(files.keyFile, key)
  await hub.close()
  await startHub(await lastingPort(), { kind: 'files', ...files })
  await kiosk.kiosk.enrol({ hubUrl: hub.url, code: await newCode() })
  await kiosk.touch()
  await kiosk.kiosk.flush()
  expect(await held()).toBe(1)
})

const contentOf = (names: string[]): ReleaseFile[] => {
  const sight = { category: 'park', description: { ja: '説明' }, point: null, pictures: [] }
  const content = { sights: names.map((ja) => ({ ...sight, id: ja, name: { ja } })), events: [] }
  return [{ menu: 'tourism', path: 'content.json', bytes: Buffer.from(JSON.stringify(content)) }]
}

it('shows a published release at once, over the pinned line, and another after it', async () => {
  const namesOnScreen = async () => (await kiosk.screen.tourism.view()).sights.map((sight) => sight.name.ja)
  expect(await namesOnScreen()).toEqual([])
  await kiosk.kiosk.enrol({ hubUrl: hub.url, code: await newCode() })
  kiosk.kiosk.start()
  const isShown = async (releaseNumber: number) => {
    for await (const state of await kiosk.screen.device.watch()) {
      // A screen that watches and paints says that it shows the release; else the kiosk would go back.
      await kiosk.screen.screen.alive({ visiting: false })
      await kiosk.screen.release.cameUp({ releaseNumber: state.releaseNumber })
      if (state.releaseNumber === releaseNumber) return
    }
  }
  await publishRelease(hub.context, { files: contentOf(['嵐山スカイパーク']), publishedBy: 'test' })
  await awaited('the screen shows release 1', isShown(1))
  expect(await namesOnScreen()).toEqual(['嵐山スカイパーク'])
  await publishRelease(hub.context, { files: contentOf(['嵐山スカイパーク', '芽室公園']), publishedBy: 'test' })
  await awaited('the screen shows release 2', isShown(2))
  expect(await namesOnScreen()).toEqual(['嵐山スカイパーク', '芽室公園'])
  await expect.poll(async () => (await hub.parts.kiosks.all())[0]?.status_json).toContain('"releaseNumber":2')

  await kiosk.kiosk.stop()
  await startKiosk()
  expect(await namesOnScreen()).toEqual(['嵐山スカイパーク', '芽室公園'])
})
