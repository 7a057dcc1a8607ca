import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateStore } from '../../townhall/kiosks/certificate.ts'
import { type TestHub, testHub } from '../../townhall/testing/test-hub.ts'
import { access, enrolledAt, machineAt } from '../../townhall/testing/test-machine.ts'
import { administratorAt, type Browser, browserAt, password, tokenIn } from '../../townhall/testing/test-staff.ts'
import { town as cli, run } from './run-command.ts'

/** What the engineer types, as real processes, beside a hub that runs on the same data. */
let town: TestHub
let administrator: Browser
let scratch: string
let dataDir: string

const onTown = (...args: string[]) => cli(...args, '--data', dataDir)

beforeAll(async () => {
  town = await testHub()
  dataDir = join(town.dir, 'data')
  scratch = mkdtempSync(join(tmpdir(), 'commands-'))
  administrator = await administratorAt(town)
  const kiosk = await enrolledAt(town, 'kenko-plaza')
  const [h14, h15] = [Date.parse('2002-12-01T10:00+09:00'), Date.parse('2003-12-01T10:00+09:00')]
  await kiosk.pushUsage([
    ...Array.from({ length: 12 }, (_, index) => access(index + 1, { menu: 'tourism', atMs: h14 })),
    ...Array.from({ length: 7 }, (_, index) => access(index + 13, { menu: 'library', atMs: h15 })),
  ])
})
afterAll(async () => {
  await town.close()
  rmSync(scratch, { recursive: true, force: true })
})

describe('report', () => {
  it.each([
    ['csv', 'menu', 'table'],
    ['csv', 'kiosk', 'rows'],
    ['csv-cp932', 'month', 'table'],
    ['csv-cp932', 'month', 'rows'],
  ])('as %s by %s in %s gives the bytes that the console gives', async (format, by, layout) => {
    const [typed, clicked] = await Promise.all([
      onTown('report', '--fiscal-year', '2002', '--to', '2003', '--by', by, '--layout', layout, '--format', format),
      administrator.get(
        `/api/v1/reports/export?fiscalYear=2002&toFiscalYear=2003&by=${by}&layout=${layout}&format=${format}`,
      ),
    ])
    expect(typed).toMatchObject({ code: 0, err: '' })
    expect(typed.bytes.equals(clicked.bytes)).toBe(true)
  })

  it('writes a file where it is told to, and says how many', async () => {
    const out = join(scratch, 'h14.json')
    const done = await onTown('report', '--fiscal-year', '2002', '--format', 'json', '--layout', 'rows', '--out', out)
    expect(done).toEqual(expect.objectContaining({ code: 0, out: `${out}: 12 件\n` }))
    const { rows } = JSON.parse(readFileSync(out, 'utf8'))
    expect(rows[0]).toMatchObject({ menu: 'tourism', fiscalYear: 2002, fiscalYearJa: '平成14年度', count: 12 })
  })

  it('of a year without data is a table of noughts, which it says on the other stream', async () => {
    const done = await onTown('report', '--fiscal-year', '2005')
    expect(done.code).toBe(0)
    expect(done.out.split('\r\n')[1]).toBe('観光・イベント,0')
    expect(done.err).toContain('注：平成17年度（2005年度）の記録はありません。')
  })

  it.each([
    [[], '--fiscal-year is missing'],
    [['--fiscal-year', 'H14'], 'fiscalYear'],
    [['--fiscal-year', '2003', '--to', '2002'], '終わりの年度は、始まりの年度より前にできません。'],
    [['--fiscal-year', '2002', '--format', 'pdf'], 'csv, csv-cp932, xlsx or json, not "pdf"'],
    [['--fiscal-year', '2002', '--layout', 'cards'], 'table or rows, not "cards"'],
    [['--fiscal-year', '2002', '--colour'], '--colour'],
  ])('%j is answered by what is wrong and how it is called', async (args, words) => {
    const done = await onTown('report', ...args)
    expect(done).toMatchObject({ code: 2, out: '' })
    expect(done.err).toContain(words)
    expect(done.err).toContain('usage: npm run town -- report')
    expect(done.err).not.toContain('    at ')
  })

  it('into a folder that is not there fails in words', async () => {
    const done = await onTown('report', '--fiscal-year', '2002', '--out', join(scratch, 'nowhere', 'x.csv'))
    expect(done).toMatchObject({ code: 1, out: '' })
    expect(done.err).toContain(join(scratch, 'nowhere'))
    expect(done.err).not.toContain('    at ')
  })
})

describe('the other commands', () => {
  it('are listed, with 0 when asked and 2 when a word is none of them', async () => {
    const [asked, wrong] = await Promise.all([cli('help'), cli('dance')])
    expect(asked.code).toBe(0)
    expect(wrong).toMatchObject({ code: 2, out: '' })
    for (const word of ['publish', 'report', 'enrol', 'kiosks', 'revoke', 'certificate', 'verify-counts'])
      expect(wrong.err).toContain(`  ${word}`)
  })

  it('enrol: four at once beside the running hub give four codes, each good for one machine', async () => {
    const done = await Promise.all(
      ['ekimae-plaza', 'めむろ駅前プラザ', 'kamibisei-center', 'hoken-fukushi-center'].map((name) =>
        onTown('enrol', '--facility', name),
      ),
    )
    expect(done.map((one) => [one.code, one.err])).toEqual(done.map(() => [0, '']))
    expect(new Set(done.map((one) => one.out.split('\n')[0])).size).toBe(4)
    const [code] = done[0]?.out.split('\n') ?? []
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect((await machineAt(town).enrol(code ?? '')).status).toBe(200)
    expect((await machineAt(town).enrol(code ?? '')).status).toBe(403)
    const unknown = await onTown('enrol', '--facility', '駅前')
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toContain('「駅前」という施設は kiosk-config にありません。')
  })

  it('kiosks and revoke: what is listed can be retired, once, and the hub obeys', async () => {
    const kiosk = await enrolledAt(town, 'sogo-taiikukan')
    const listed = await onTown('kiosks')
    expect(listed.out).toMatch(/sogo-taiikukan\t.*\t稼働中\t.*欠番なし/)
    expect(await onTown('revoke', '--kiosk', 'sogo-taiikukan')).toMatchObject({ code: 0 })
    expect((await onTown('revoke', '--kiosk', 'sogo-taiikukan')).out).toContain('すでに停止')
    expect((await onTown('revoke', '--kiosk', 'nobody')).code).toBe(2)
    expect((await kiosk.pushUsage([access(1)])).status).toBe(403)
    const json: { id: string; state: string }[] = JSON.parse((await onTown('kiosks', '--json')).out)
    expect(json.find((one) => one.id === 'sogo-taiikukan')).toMatchObject({ state: 'revoked' })
  })

  it('verify-counts: agrees, and tells a roll-up that was tampered with', async () => {
    expect(await onTown('verify-counts')).toMatchObject({ code: 0, err: '' })
    const { db } = town.hub.context
    await db.updateTable('usage_rollup').set({ accesses: 13 }).where('month', '=', '2002-12').execute()
    const done = await onTown('verify-counts')
    expect(done).toMatchObject({ code: 1 })
    expect(done.err).toContain('2002-12|tourism: roll-up 13, rows 12')
    await db.updateTable('usage_rollup').set({ accesses: 12 }).where('month', '=', '2002-12').execute()
  })

  it('reset-password: the link lets the person in with a new password, once', async () => {
    const done = await onTown('reset-password', '--email', 'kanri@town.example')
    expect(done.code).toBe(0)
    const token = tokenIn(done.out.split('\n')[0] ?? '')
    const browser = browserAt(town)
    const renew = () =>
      browser.post(`/api/v1/staff/invitations/${token}`, {
        name: '管理 太郎',
        email: 'kanri@town.example',
        password: `${password} 2`,
      })
    expect((await renew()).status).toBe(200)
    expect((await renew()).status).toBe(404)
    expect((await administrator.get('/api/v1/staff/me')).status).toBe(401)
    expect((await browser.signIn('kanri@town.example')).status).toBe(401)
    expect((await browser.signIn('kanri@town.example', `${password} 2`)).status).toBe(200)
    expect((await onTown('reset-password', '--email', 'nobody@town.example')).code).toBe(2)
    expect((await onTown('first-administrator')).code).toBe(2)
  })
})

describe('a start that cannot be', () => {
  const hub = (...args: string[]) => run('townhall/server.ts', args)

  it.each([
    [['--port', 'many'], 2, '--port is a number'],
    [['--host', '0.0.0.0', '--tls', 'off', '--port', '0'], 2, 'Without TLS the hub listens on this machine only'],
    [['--tls', 'maybe'], 2, 'self-made or off, not "maybe"'],
    [['--cert', 'x.pem'], 2, '--cert and --key belong together'],
    [['--port', '0', '--cert', '/nowhere/x.pem', '--key', '/nowhere/y.pem'], 1, '/nowhere/x.pem'],
    [['--colour'], 2, '--colour'],
  ])('%j says why', async (args, code, words) => {
    const done = await hub('--data', join(scratch, 'never'), ...args)
    expect(done.code).toBe(code)
    expect(done.err).toContain(words)
    expect(done.err).not.toContain('    at ')
  })

  it('with files that are no certificate, no key, or not each other’s', async () => {
    const files = ['a.cert', 'a.key', 'b.key', 'neither'].map((name) => join(scratch, `${name}.pem`))
    const [cert = '', key = '', otherKey = '', neither = ''] = files
    const store = certificateStore(join(scratch, 'made'))
    const made = await store.ensure(['localhost'], Date.now())
    const other = await store.prepare(['localhost'], Date.now())
    for (const [file, text] of [
      [cert, made.certPem],
      [key, made.keyPem],
      [otherKey, other.keyPem],
      [neither, 'hello'],
    ] as const)
      writeFileSync(file, text)
    const start = (certFile: string, keyFile: string) =>
      hub('--data', join(scratch, 'never'), '--port', '0', '--cert', certFile, '--key', keyFile)
    expect(await start(neither, key)).toMatchObject({ code: 1, err: expect.stringContaining('is no certificate') })
    expect(await start(cert, neither)).toMatchObject({ code: 1, err: expect.stringContaining('is no private key') })
    expect(await start(cert, otherKey)).toMatchObject({ code: 1, err: expect.stringContaining('is not the key of') })
  })

  it('on a port in use, and on data of a newer program', async () => {
    const done = await hub('--data', join(scratch, 'other'), '--port', new URL(town.hub.url).port)
    expect(done).toMatchObject({ code: 1 })
    expect(done.err).toContain('is in use')

    mkdirSync(join(scratch, 'damaged'))
    writeFileSync(join(scratch, 'damaged', 'hub.sqlite'), 'x'.repeat(5_000))
    const damaged = await hub('--data', join(scratch, 'damaged'), '--port', '0')
    expect(damaged).toMatchObject({ code: 1 })
    expect(damaged.err).toContain('damaged')
  })
})
