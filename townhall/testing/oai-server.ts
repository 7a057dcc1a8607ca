import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dcndlRecord, dcRecord } from './sru-server.ts'

/** `metadata`: a record as it is, in place of one made of the title. */
type Held = { id: string; title: string; day: string; deleted?: boolean; metadata?: string }
export type OaiMood =
  | 'well'
  | 'busy-once'
  | 'down'
  | 'html'
  | 'token-expires-once'
  | 'goes-round'
  | 'broken-record'
  | 'dcndl'
  | 'oai_dc'

/** A repository by the OAI-PMH 2.0 specification, two records a page, that misbehaves on demand. */
export async function oaiServer(held: readonly Held[], today: string) {
  const asked: string[] = []
  const server = { mood: 'well' as OaiMood }
  const http = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams
    asked.push(query.toString())
    const { mood } = server
    if (mood === 'down') return response.writeHead(500).end('no')
    if (mood === 'html') return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>maintenance</html>')
    if (mood === 'busy-once') {
      server.mood = 'well'
      return response.writeHead(503, { 'retry-after': '7' }).end()
    }
    const token = query.get('resumptionToken')
    const [start, from] =
      token === null ? [0, query.get('from') ?? ''] : [Number(token.split('|')[0]), token.split('|')[1] ?? '']
    const page = (inner: string) =>
      response.end(`<?xml version="1.0"?><OAI-PMH><responseDate>${today}T01:00:00Z</responseDate>${inner}</OAI-PMH>`)
    if (mood === 'token-expires-once' && token !== null) {
      server.mood = 'well'
      return page('<error code="badResumptionToken">expired</error>')
    }
    const found = held.filter(({ day }) => day >= from)
    if (found.length === 0) return page('<error code="noRecordsMatch"/>')
    const next = mood === 'goes-round' ? `0|${from}` : start + 2 < found.length ? `${start + 2}|${from}` : ''
    const records = found.slice(start, start + 2).map((one) => recordOf(one, mood))
    return page(`<ListRecords>${records.join('')}<resumptionToken>${next}</resumptionToken></ListRecords>`)
  })
  // It closes no line by itself: on a busy machine the next question would already be on its way.
  http.keepAliveTimeout = 0
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(http.address() as AddressInfo).port}/oai`,
    asked,
    be: (mood: OaiMood) => {
      server.mood = mood
    },
    close: () => new Promise<void>((resolve) => http.close(() => resolve())),
  }
}

function recordOf({ id, title, day, deleted, metadata }: Held, mood: OaiMood): string {
  const header = `<header${deleted ? ' status="deleted"' : ''}><identifier>${id}</identifier><datestamp>${day}</datestamp></header>`
  if (deleted) return `<record>${header}</record>`
  if (metadata !== undefined) return `<record>${header}<metadata>${metadata}</metadata></record>`
  if (mood === 'dcndl') return `<record>${header}<metadata>${dcndlRecord('R1', title, 'ヨミ')}</metadata></record>`
  if (mood === 'oai_dc') return `<record>${header}<metadata>${dcRecord('d:1', title, 'ヨミ')}</metadata></record>`
  const marc = `<marc:record><marc:leader>00000nam a2200000   4500</marc:leader><marc:datafield tag="245" ind1=" " ind2=" "><marc:subfield code="a">${title}</marc:subfield></marc:datafield></marc:record>`
  return `<record>${header}<metadata>${mood === 'broken-record' && id === 'x:1' ? marc.slice(0, 90) : marc}</metadata></record>`
}
