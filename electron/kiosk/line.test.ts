import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { benchCode, benchNowMs, kioskBench } from './testing/kiosk-bench.ts'
import { madeCertificate } from './testing/made-certificate.ts'
import { playedClock } from './testing/test-kiosk.ts'

const bench = kioskBench()

describe('enrolment', () => {
  it('leaves the key on the kiosk, readable by its owner alone, and sends neither key nor code', async () => {
    const hub = await bench.hub()
    const one = await bench.begin()
    expect(await one.kiosk.enrol({ hubUrl: `${hub.url}/`, code: 'A2C4E6G8JOKl' })).toEqual({ kioskId: 'kenko-plaza' })
    const identity = join(bench.data(), 'identity')
    expect(statSync(identity).mode & 0o777).toBe(0o700)
    const keyFile = readdirSync(identity).find((name) => name.startsWith('key-')) ?? ''
    expect(statSync(join(identity, keyFile)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(identity, keyFile), 'utf8')).toContain('PRIVATE KEY')
    await bench.end(one)
    const next = await bench.begin()
    expect(next.kiosk.enrolled()).toBe(true)
  })

  it('with a wrong code is refused by the hub, with a malformed one by the kiosk', async () => {
    const hub = await bench.hub()
    const one = await bench.begin()
    await expect(one.kiosk.enrol({ hubUrl: hub.url, code: 'A2C4-0000-0000' })).rejects.toMatchObject({
      code: 'enrolment-code-refused',
    })
    await expect(one.kiosk.enrol({ hubUrl: hub.url, code: 'nonsense' })).rejects.toMatchObject({
      code: 'bad-arguments',
    })
    expect(one.kiosk.enrolled()).toBe(false)
  })

  it('with a hub that does not know the code itself is refused by the kiosk', async () => {
    const hub = await bench.hub()
    const one = await bench.begin({
      fetchImpl: async (input, init) => {
        const answer = await fetch(input, init)
        if (!String(input).endsWith('/enrol')) return answer
        const body: unknown = await answer.json()
        return Response.json({ ...Object(body), hubProof: '0'.repeat(64) }, { headers: answer.headers })
      },
    })
    await expect(one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })).rejects.toMatchObject({
      code: 'enrolment-code-refused',
    })
    expect(one.kiosk.enrolled()).toBe(false)
  })

  it('goes by plain http to this machine only', async () => {
    const one = await bench.begin()
    for (const hubUrl of ['http://192.168.1.10:8080', 'http://hub.town.example', 'ftp://127.0.0.1', 'nonsense']) {
      await expect(one.kiosk.enrol({ hubUrl, code: benchCode }), hubUrl).rejects.toMatchObject({
        code: 'bad-arguments',
      })
    }
  })

  it('with nobody there fails in words', async () => {
    const hub = await bench.hub()
    await hub.close()
    const one = await bench.begin()
    await expect(one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })).rejects.toMatchObject({
      code: 'hub-unreachable',
    })
  })
})

describe('the pinned line', () => {
  it('carries everything when the certificate is the one of the enrolment, although its years are over by any clock', async () => {
    const hub = await bench.hub({ tls: await madeCertificate('hub.town.example', { from: 2001, to: 2003 }) })
    const one = await bench.begin({ clock: playedClock({ wallMs: Date.UTC(1970, 0, 1) }) })
    await one.touch()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    one.kiosk.start()
    await expect.poll(() => hub.acknowledged()).toBe(1)
    await expect.poll(() => hub.watching()).toBe(1)
    expect(hub.events.get(1)).toMatchObject({ clock: 'corrected', atMs: expect.closeTo(benchNowMs, -3) })
  })

  it('takes over the next certificate that the hub announced over the old one', async () => {
    const old = await madeCertificate('hub', { from: 2020, to: 2027 })
    const next = await madeCertificate('hub', { from: 2026, to: 2040 })
    const hub = await bench.hub({ tls: old })
    hub.tellCertificates([old.cert, next.cert])
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    one.kiosk.start()
    await expect.poll(() => one.codes()).toContain('hub-certificates-rolled')
    await hub.changeCertificate(next)
    await one.touch()
    await expect.poll(() => hub.acknowledged()).toBe(1)
    await bench.end(one)
    const again = await bench.begin()
    await again.touch()
    await again.kiosk.flush()
    expect(hub.acknowledged()).toBe(2)
  })
})

describe('the push stream', () => {
  it('that has died without a word is dropped and opened again', async () => {
    const hub = await bench.hub()
    const one = await bench.begin({ timing: { retryFirstMs: 5, streamRetryMaxMs: 10, streamSilenceMs: 40 } })
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    one.kiosk.start()
    const opened = () => hub.requests.filter(({ path }) => path.endsWith('/watch')).length
    await expect.poll(() => opened()).toBeGreaterThan(2)
    await expect.poll(() => hub.watching()).toBeLessThanOrEqual(1)
  })

  it('every request carries a token of its own, and the time is asked without one', async () => {
    const hub = await bench.hub()
    const one = await bench.begin()
    await one.kiosk.enrol({ hubUrl: hub.url, code: benchCode })
    one.kiosk.start()
    await one.touch()
    await expect.poll(() => hub.acknowledged()).toBe(1)
    const tokens = hub.requests.flatMap(({ path, authorization }) => (/time|enrol/.test(path) ? [] : [authorization]))
    expect(tokens.every((token) => token?.startsWith('KioskToken '))).toBe(true)
    expect(new Set(tokens).size).toBe(tokens.length)
    expect(hub.requests.filter(({ path }) => path.endsWith('/time')).every((one) => one.authorization === null)).toBe(
      true,
    )
  })
})
