import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Role, roles } from '../../contract/hub-api.ts'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { enrolledAt } from '../testing/test-machine.ts'
import { administratorAt, type Browser, browserAt, colleagueAt, password, tokenIn } from '../testing/test-staff.ts'

const hourMs = 3_600_000
const me = '/api/v1/staff/me'
let town: TestHub
beforeEach(async () => {
  // Sessions are dated by the library's own clock: all of the hub follows this one.
  vi.useFakeTimers({ toFake: ['Date'] })
  town = await testHub({ clock: { nowMs: () => Date.now() } })
})
afterEach(async () => {
  vi.useRealTimers()
  await town.close()
})
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)
const person = { name: '管理 太郎', email: 'kanri@town.example', password }
const firstToken = async () => tokenIn((await town.hub.parts.staff.firstAdministratorLink()) ?? '')
const accept = (token: string, more = {}) =>
  browserAt(town).post(`/api/v1/staff/invitations/${token}`, { ...person, ...more })
const acts = async (browser: Browser) => {
  const log = (await browser.get('/api/v1/audit?limit=100')).json() as { entries: { act: string; actor: string }[] }
  return log.entries.map((entry) => [entry.act, entry.actor])
}

describe('the link of the first administrator', () => {
  it('says what it is for, makes one administrator, once, and there is no other', async () => {
    const token = await firstToken()
    expect((await browserAt(town).get(`/api/v1/staff/invitations/${token}`)).json()).toMatchObject({
      first: true,
      role: 'administrator',
    })
    expect((await accept(token)).status).toBe(200)
    const again = await accept(token, { email: 'thief@town.example' })
    expect([again.status, again.body]).toEqual([404, expect.stringContaining('このリンクは使えません。')])
    const browser = browserAt(town)
    await browser.signIn(person.email)
    expect((await browser.get(me)).json()).toMatchObject({ name: '管理 太郎', role: 'administrator', twoFactor: false })
    expect(await town.hub.parts.staff.firstAdministratorLink()).toBeNull()
  })

  it('is good for a day, and void when a newer one is made', async () => {
    const old = await firstToken()
    const token = await firstToken()
    expect((await accept(old)).status).toBe(404)
    pass(24 * hourMs)
    expect((await accept(token)).status).toBe(404)
    expect((await accept(await firstToken())).status).toBe(200)
  })

  it.each([
    ['short', 'たんたん'],
    ['known to everybody', 'password1234'],
    ['the own name', '管理太郎管理太郎1234'],
    ['of one letter', 'aaaaaaaaaaaaaa'],
  ])('a password that is %s is refused, and the link stays good', async (_, poor) => {
    const token = await firstToken()
    const refused = await accept(token, { password: poor })
    expect(refused.status).toBe(400)
    expect((await accept(token)).status).toBe(200)
  })
})

describe('signing in', () => {
  it('with a wrong password is limited, for the right one too, and the waits grow', async () => {
    await administratorAt(town)
    const browser = browserAt(town)
    for (let tries = 0; tries < 5; tries += 1)
      expect((await browser.signIn(person.email, 'wrong password here')).status).toBe(401)
    const locked = await browser.signIn(person.email)
    expect(locked.status).toBe(429)
    expect(locked.headers.get('retry-after')).toBe('30')
    expect(locked.json()).toMatchObject({ message: '続けてまちがえたため、30秒お待ちください。' })
    pass(30_000)
    expect((await browser.signIn(person.email, 'wrong password here')).status).toBe(401)
    expect((await browser.signIn(person.email)).headers.get('retry-after')).toBe('60')
    pass(60_000)
    expect((await browser.signIn(person.email)).status).toBe(200)
  })

  it('says the same of an address that nobody has', async () => {
    await administratorAt(town)
    const [known, unknown] = await Promise.all([
      browserAt(town).signIn(person.email, 'wrong password here'),
      browserAt(town).signIn('nobody@town.example', 'wrong password here'),
    ])
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
  })

  it('ends after two hours without a touch, and after twelve in any case', async () => {
    const browser = await administratorAt(town)
    pass(1.9 * hourMs)
    expect((await browser.get('/auth/get-session')).status).toBe(200)
    // What a page asks by itself keeps nobody signed in.
    pass(1.5 * hourMs)
    expect((await browser.get(me)).status).toBe(200)
    pass(0.6 * hourMs)
    expect((await browser.get(me)).status).toBe(401)

    await browser.signIn(person.email)
    for (let hours = 0; hours < 12; hours += 1) {
      expect((await browser.get(me)).status, `after ${hours} hours`).toBe(200)
      await browser.get('/auth/get-session')
      pass(hourMs)
    }
    pass(1)
    expect((await browser.get(me)).status).toBe(401)
    expect((await browser.get('/auth/get-session')).status).toBe(401)
  })

  it('a session that was ended elsewhere is over', async () => {
    const [one, other] = [await administratorAt(town), browserAt(town)]
    await other.signIn(person.email)
    expect((await one.post('/auth/revoke-other-sessions')).status).toBe(200)
    expect((await other.get(me)).status).toBe(401)
    expect((await one.get(me)).status).toBe(200)
    expect((await one.post('/auth/sign-out')).status).toBe(200)
    expect((await one.get(me)).status).toBe(401)
  })
})

describe('the second factor', () => {
  it('is set up with a code, then asked for; a backup code stands in for it once', async () => {
    const browser = await administratorAt(town)
    const enabled = await browser.post('/auth/two-factor/enable', { password })
    const { totpURI, backupCodes } = enabled.json() as { totpURI: string; backupCodes: string[] }
    expect((await browser.post('/auth/two-factor/verify-totp', { code: codeOf(totpURI) })).status).toBe(200)
    expect((await browser.get(me)).json()).toMatchObject({ twoFactor: true })

    const signIn = async () => {
      const fresh = browserAt(town)
      expect((await fresh.signIn(person.email)).json()).toMatchObject({ twoFactorRedirect: true })
      expect((await fresh.get(me)).status).toBe(401)
      return fresh
    }
    const byApp = await signIn()
    expect((await byApp.post('/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    pass(30_000)
    expect((await byApp.post('/auth/two-factor/verify-totp', { code: codeOf(totpURI) })).status).toBe(200)
    expect((await byApp.get(me)).status).toBe(200)

    const [code] = backupCodes
    const byPaper = await signIn()
    expect((await byPaper.post('/auth/two-factor/verify-backup-code', { code })).status).toBe(200)
    const again = await signIn()
    expect((await again.post('/auth/two-factor/verify-backup-code', { code })).status).toBe(401)
    const seen = (await acts(byApp)).map(([act]) => act)
    expect(seen.filter((act) => act === 'signed-in')).toHaveLength(3)
    expect(seen).toContain('two-factor-enabled')
    expect(seen).toContain('sign-in-refused')
  })
})

describe('who may do what', () => {
  const forAdministrators: [method: 'get' | 'post', path: string, body?: unknown][] = [
    ['get', '/api/v1/reports?fiscalYear=2026'],
    ['get', '/api/v1/reports/export?fiscalYear=2026&format=csv'],
    ['get', '/api/v1/reports/years'],
    ['get', '/api/v1/kiosks'],
    ['get', '/api/v1/facilities'],
    ['post', '/api/v1/kiosks/codes', { facilityId: 'kenko-plaza' }],
    ['get', '/api/v1/kiosks/kenko-plaza/health'],
    ['post', '/api/v1/kiosks/kenko-plaza/revoke', {}],
    ['get', '/api/v1/staff'],
    ['post', '/api/v1/staff/invitations', { name: '新人', email: 'shinjin@town.example', role: 'editor' }],
    ['get', '/api/v1/audit'],
  ]

  it.each(roles)('%s', async (role: Role) => {
    const administrator = await administratorAt(town)
    await enrolledAt(town, 'kenko-plaza')
    const browser = role === 'administrator' ? administrator : await colleagueAt(town, administrator, role)
    expect((await browser.get(me)).json()).toMatchObject({ role })
    for (const [method, path, body] of forAdministrators) {
      const answer = method === 'get' ? await browser.get(path) : await browser.post(path, body)
      expect(answer.status, path).toBe(role === 'administrator' ? 200 : 403)
      if (role !== 'administrator') expect(answer.body, path).toContain('この操作の権限がありません。')
    }
    const { id } = (await browser.get(me)).json() as { id: string }
    const raised = await browser.post(`/api/v1/staff/${id}/role`, { role: 'administrator' })
    expect(raised.status).toBe(role === 'administrator' ? 200 : 403)
  })

  it('nobody who is not signed in does any of it', async () => {
    for (const [method, path, body] of forAdministrators)
      expect((await browserAt(town)[method](path, body as undefined)).status, path).toBe(401)
  })

  it('of the sign-in library only the doors in use are open', async () => {
    const browser = await administratorAt(town)
    for (const path of [
      '/auth/sign-up/email',
      '/auth/admin/create-user',
      '/auth/admin/impersonate-user',
      '/auth/ok',
      '/auth/update-user',
    ])
      expect((await browser.post(path, {})).status, path).toBe(404)
  })
})

describe('another site', () => {
  it('cannot make a browser act that is signed in here', async () => {
    const browser = await administratorAt(town)
    const path = '/api/v1/kiosks/codes'
    const body = { facilityId: 'kenko-plaza' }
    const foreignHeaders: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: town.hub.url.replace('http:', 'https:').replace('127.0.0.1', 'evil.127.0.0.1.example') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreignHeaders)
      expect((await browser.post(path, body, headers)).status, JSON.stringify(headers)).toBe(403)
    expect((await browser.post(path, body, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    const foreign = await browser.post('/auth/sign-out', {}, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
    expect((await browser.get(me)).status).toBe(200)
  })

  it('gets no cookie and no frame', async () => {
    const answer = await browserAt(town).get(me)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const { email } = person
    await administratorAt(town)
    const signedIn = await browserAt(town).signIn(email)
    for (const cookie of signedIn.headers.getSetCookie()) {
      expect(cookie).toMatch(/HttpOnly/i)
      expect(cookie).toMatch(/SameSite=Strict/i)
    }
    expect(signedIn.headers.get('x-frame-options')).toBe('DENY')
  })
})

describe('the staff list', () => {
  const idOf = async (administrator: Browser, email: string) => {
    const { staff } = (await administrator.get('/api/v1/staff')).json() as { staff: { id: string; email: string }[] }
    return staff.find((one) => one.email === email)?.id ?? ''
  }

  it('a disabled person is out at once and cannot come back, until enabled', async () => {
    const administrator = await administratorAt(town)
    const editor = await colleagueAt(town, administrator, 'editor')
    const id = await idOf(administrator, 'editor@town.example')
    expect((await administrator.post(`/api/v1/staff/${id}/disabled`, { disabled: true })).status).toBe(200)
    expect((await editor.get(me)).status).toBe(401)
    expect((await editor.signIn('editor@town.example')).status).not.toBe(200)
    expect((await editor.get(me)).status).toBe(401)
    await administrator.post(`/api/v1/staff/${id}/disabled`, { disabled: false })
    expect((await editor.signIn('editor@town.example')).status).toBe(200)
    expect((await acts(administrator)).filter(([act]) => act?.startsWith('staff-'))).toEqual([
      ['staff-enabled', person.email],
      ['staff-disabled', person.email],
      ['staff-invited', person.email],
    ])
  })

  it('a changed role holds from the next request on', async () => {
    const administrator = await administratorAt(town)
    const editor = await colleagueAt(town, administrator, 'editor')
    const id = await idOf(administrator, 'editor@town.example')
    await administrator.post(`/api/v1/staff/${id}/role`, { role: 'administrator' })
    expect((await editor.get('/api/v1/audit')).status).toBe(200)
    await administrator.post(`/api/v1/staff/${id}/role`, { role: 'desk' })
    expect((await editor.get('/api/v1/audit')).status).toBe(403)
  })

  it('the last administrator can be neither disabled nor made anything else', async () => {
    const administrator = await administratorAt(town)
    const id = await idOf(administrator, person.email)
    for (const [path, body] of [
      ['role', { role: 'editor' }],
      ['disabled', { disabled: true }],
    ] as const) {
      const answer = await administrator.post(`/api/v1/staff/${id}/${path}`, body)
      expect([answer.status, answer.body]).toEqual([409, expect.stringContaining('管理の職員が一人もいなくなる')])
    }
  })

  it('nobody is invited twice, nor under an address that is in use', async () => {
    const administrator = await administratorAt(town)
    const invite = (email: string) =>
      administrator.post('/api/v1/staff/invitations', { name: '新人', email, role: 'editor' })
    expect((await invite('KANRI@town.example')).status).toBe(409)
    const links = [await invite('a@town.example'), await invite('a@town.example')]
    const tokens = links.map((answer) => tokenIn((answer.json() as { link: string }).link))
    const taken = await Promise.all(tokens.map((token) => accept(token, { name: '新人' })))
    expect(taken.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect((await administrator.post('/api/v1/staff/nobody/role', { role: 'desk' })).status).toBe(404)
  })
})

/** RFC 6238, as the app on a telephone reckons it. */
function codeOf(uri: string): string {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const bits = [...secret]
    .map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
