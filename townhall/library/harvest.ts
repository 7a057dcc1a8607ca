import type { ImportReport } from '../../contract/library/import-report.ts'
import type { HubContext } from '../context.ts'
import { createSettings } from '../settings-repository.ts'
import { type HarvestCalls, harvestOai } from './harvest-oai.ts'
import { harvestSru } from './harvest-sru.ts'
import { type Cancelling, refuseCatalogue, takeCatalogue } from './take-catalogue.ts'

export type HarvestSource =
  | { kind: 'oai'; address: string; source: string; prefix: string; set?: string | undefined }
  | { kind: 'sru'; address: string; source: string; query: string; schema: string }

type Context = Pick<HubContext, 'db' | 'clock' | 'audit' | 'openGuesser'>

/** What the other system has, or what of it changed since the last time, becomes the hub's. @returns null: cancelled, which is told elsewhere */
export async function harvest(
  context: Context,
  from: HarvestSource,
  { actor, really, cancel }: { actor: string; really: boolean; cancel?: Cancelling },
  calls: HarvestCalls,
): Promise<ImportReport | null> {
  const about = { actor, source: from.source, from: new URL(from.address).host }
  const how = ({ records }: { records: readonly unknown[] }) => ({
    really,
    ...(cancel === undefined ? {} : { cancel }),
    progress: (titles: number) => calls.progress(titles, records.length),
  })
  if (from.kind === 'sru') {
    const done = await harvestSru(from, calls)
    if (done.kind === 'failed') return refuseCatalogue(context, about, `${done.reason}いまの蔵書はそのままです。`)
    const counts = countsOf(done)
    // SRU tells of no deletions: what is not found any more is gone.
    return takeCatalogue(context, { ...done, ...about, ...counts, gone: [], whole: true, ...how(done) })
  }
  const settings = createSettings(context.db)
  const place = `library-harvest ${from.source} ${from.address}`
  const done = await harvestOai({ ...from, from: await settings.read(place) }, calls)
  if (done.kind === 'failed') return refuseCatalogue(context, about, `${done.reason}いまの蔵書はそのままです。`)
  const offered = { ...done, ...about, ...countsOf(done), whole: false, ...how(done), mayBeEmpty: true }
  const report = await takeCatalogue(context, offered)
  // After the titles: should it end between the two, they come once more, which changes nothing.
  if (report?.refusal === null) await settings.write(place, done.next)
  return report
}

function countsOf({ records, notices }: { records: readonly unknown[]; notices: readonly { severity: string }[] }) {
  const refused = notices.filter(({ severity }) => severity === 'refused').length
  return { read: records.length + refused, refused }
}
