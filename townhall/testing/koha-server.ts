import { outsideServer } from './outside-server.ts'

export type KohaCopy = { title: string; onLoan?: string; notForLoan?: boolean; lost?: boolean }
export type KohaMood = 'tells-of-others' | 'contradicts' | 'strange-words' | 'impossible-days' | 'refuses'

/** Koha's ILS-DI as C4/ILSDI/Services.pm answers, for copies by itemnumber; it misbehaves on demand. */
export function kohaServer(copies: Record<string, KohaCopy>) {
  return outsideServer<KohaMood>('/cgi-bin/koha/ilsdi.pl', (query, mood, response) => {
    const ids = (query.get('id') ?? '').split(' ')
    response.writeHead(200, { 'content-type': 'text/xml' })
    if (mood === 'refuses') return response.end('<?xml version="1.0"?><ILS-DI><code>NotAllowed</code></ILS-DI>')
    if (query.get('service') === 'GetRecords') return response.end(records(ids, copies, mood))
    if (query.get('service') !== 'GetAvailability' || query.get('id_type') !== 'item') return response.end('<ilsdi/>')
    const told = mood === 'tells-of-others' ? ids.map((id) => String(Number(id) + 1_000)) : ids
    const parts = told.map((id) => record(id, copies[id], mood))
    if (mood === 'contradicts')
      parts.push(...told.flatMap((id) => (copies[id] ? [record(id, { title: '1' }, mood)] : [])))
    return response.end(
      `<?xml version="1.0" encoding="UTF-8" ?>\n<dlf:collection xmlns:dlf="http://diglib.org/ilsdi/1.1">${parts.join('')}</dlf:collection>`,
    )
  })
}

function record(id: string, copy: KohaCopy | undefined, mood: string): string {
  const [status, message] = mood === 'strange-words' ? ['perhaps', 'Ask again'] : words(copy)
  return `  <dlf:record>
    <dlf:bibliographic id="${copy?.title ?? id}" />
    <dlf:items>
      <dlf:item id="${id}">
        <dlf:simpleavailability>
          <dlf:identifier>${id}</dlf:identifier>
          <dlf:availabilitystatus>${status}</dlf:availabilitystatus>
          ${message === '' ? '' : `<dlf:availabilitymsg>${message}</dlf:availabilitymsg>`}
          <dlf:location>芽室町図書館</dlf:location>
        </dlf:simpleavailability>
      </dlf:item>
    </dlf:items>
  </dlf:record>\n`
}

function words(copy: KohaCopy | undefined): [string, string] {
  if (copy === undefined) return ['unknown', 'Error: could not retrieve availability for this ID']
  if (copy.notForLoan) return ['not available', 'Not for loan']
  if (copy.onLoan !== undefined) return ['not available', 'Checked out']
  return copy.lost ? ['not available', 'Item lost'] : ['available', '']
}

/** With what a kiosk has no business with: who has it. */
function records(titles: readonly string[], copies: Record<string, KohaCopy>, mood: string): string {
  const all = titles.map((title) => {
    const held = Object.entries(copies).filter(([, copy]) => copy.title === title)
    const day = (copy: KohaCopy) => (mood === 'impossible-days' ? '2026-02-31' : `${copy.onLoan} 23:59:00`)
    const items = held.map(
      ([id, copy]) =>
        `<item><itemnumber>${id}</itemnumber>${copy.onLoan === undefined ? '' : `<onloan>${day(copy)}</onloan>`}</item>`,
    )
    const issues = held.map(
      ([id, copy]) =>
        `<issue><itemnumber>${id}</itemnumber><surname>借りた人</surname><date_due>${copy.onLoan ?? ''}</date_due></issue>`,
    )
    return `<record><biblionumber>${title}</biblionumber><marcxml>&lt;record/&gt;</marcxml><items>${items.join('')}</items><issues>${issues.join('')}</issues></record>`
  })
  return `<?xml version="1.0" encoding="UTF-8" ?><GetRecords>${all.join('')}</GetRecords>`
}
