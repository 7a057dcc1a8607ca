import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countedMenuIds } from '../../contract/menu-ids.ts'
import { reportSchema } from '../../contract/report.ts'
import { readZip } from '../testing/read-zip.ts'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { access, enrolledAt } from '../testing/test-machine.ts'
import { administratorAt, type Browser, browserAt } from '../testing/test-staff.ts'

let town: TestHub
let administrator: Browser
const april2002 = Date.parse('2002-04-10T10:00+09:00')

beforeAll(async () => {
  town = await testHub()
  administrator = await administratorAt(town)
  const kiosk = await enrolledAt(town, 'kenko-plaza')
  const counts = countedMenuIds.flatMap((menu, index) => Array.from({ length: index + 1 }, () => menu))
  await kiosk.pushUsage(counts.map((menu, index) => access(index + 1, { menu, atMs: april2002 + index })))
  const other = await enrolledAt(town, 'ekimae-plaza')
  await other.pushUsage([
    access(1, { atMs: Date.parse('2003-05-01T00:00+09:00') }),
    access(3, { atMs: Date.parse('2003-05-01T00:00+09:00') }),
  ])
  town.clock.pass(1_000)
})
afterAll(() => town.close())

const table = async (query: string) => reportSchema.parse((await administrator.get(`/api/v1/reports?${query}`)).json())

describe('the report', () => {
  it('has what the kiosks sent, and names the number that is missing', async () => {
    const report = await table('fiscalYear=2002&toFiscalYear=2003')
    expect(report.rows.map((row) => row.counts)).toEqual([
      [1, 2],
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 0],
      [6, 0],
      [7, 0],
    ])
    expect(report.totals).toEqual([28, 2])
    const byKiosk = await table('fiscalYear=2002&toFiscalYear=2003&by=kiosk')
    expect(byKiosk.totals).toEqual([28, 0, 0, 2])
    const years = (await administrator.get('/api/v1/reports/years')).json() as { currentFiscalYear: number }
    const thisYear = await table(`fiscalYear=${years.currentFiscalYear}`)
    expect(thisYear.notes.filter((note) => note.kind === 'sequence-gap').map((note) => note.kioskId)).toEqual([
      'ekimae-plaza',
    ])
  })

  it('says which years there are', async () => {
    expect((await administrator.get('/api/v1/reports/years')).json()).toMatchObject({ fiscalYears: [2002, 2003] })
  })

  it.each([
    ['csv', 'text/csv;charset=utf-8', 'kiosk-accesses-2002-by-month.csv'],
    ['csv-cp932', 'text/csv;charset=shift_jis', 'kiosk-accesses-2002-by-month.csv'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'kiosk-accesses-2002-by-month.xlsx'],
    ['json', 'application/json', 'kiosk-accesses-2002-by-month.json'],
  ])('is handed out as %s, by its type and name', async (format, type, name) => {
    const answer = await administrator.get(`/api/v1/reports/export?fiscalYear=2002&by=month&format=${format}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')?.replace('; ', ';').toLowerCase()).toBe(type)
    expect(answer.headers.get('content-disposition')).toContain(name)
    const text =
      format === 'xlsx'
        ? [...readZip(answer.bytes).values()].join('')
        : new TextDecoder(format === 'csv-cp932' ? 'shift_jis' : 'utf-8').decode(answer.bytes)
    expect(text).toContain('2002年4月')
  })

  it.each([
    ['', 'fiscalYear'],
    ['fiscalYear=1999', 'fiscalYear'],
    ['fiscalYear=abc', 'fiscalYear'],
    ['fiscalYear=2003&toFiscalYear=2002', 'toFiscalYear'],
    ['fiscalYear=2002&by=week', 'by'],
  ])('asked for %j it says what is wrong', async (query, key) => {
    const answer = await administrator.get(`/api/v1/reports?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.body).toContain(key)
  })

  it.each([
    '/api/v1/reports?fiscalYear=2002',
    '/api/v1/reports/export?fiscalYear=2002&format=csv',
    '/api/v1/reports/years',
  ])('%s is not for somebody who is not signed in', async (path) => {
    const answer = await browserAt(town).get(path)
    expect(answer.status).toBe(401)
    expect(answer.body).toContain('サインインしてください。')
  })
})
