import { type ImportReport, importReportSchema } from '../../contract/library/import-report.ts'
import type { LibraryRecord } from '../../contract/library/record.ts'
import { rememberedContentDir } from '../content-dir.ts'
import type { HubContext } from '../context.ts'
import type { Notice } from '../importers/import-report.ts'
import { createSettings } from '../settings-repository.ts'
import { tokyoDay } from '../usage/fiscal-calendar.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { decideTold } from './decide-told.ts'
import { ImportCancelled } from './import-turn-repository.ts'
import { noticesOfPlaces, unknownPlaces } from './places/unknown-places.ts'
import { createGuesses } from './readings/guesses.ts'

const reportSetting = 'library-last-import'
/** A whole list that lacks so much of the one before is rather half a list. */
const mostGonePart = 0.2
const fewGone = 20

type Reporting = Pick<HubContext, 'db' | 'clock' | 'audit'>
type Context = Reporting & Pick<HubContext, 'openGuesser'>
type Readings = ImportReport['readings']
export type Offered = {
  actor: string
  /** File or address, as staff are shown it. */
  from: string
  source: string
  records: readonly LibraryRecord[]
  gone: readonly string[]
  notices: readonly Notice[]
  read: number
  refused: number
  /** Whether it is all that the source has. */
  whole: boolean
  /** It is meant so, however much goes. */
  really: boolean
  /** Nothing new is no failure: a list of changes. */
  mayBeEmpty?: boolean
  progress?: (titles: number) => void
  cancel?: Cancelling
}
/** From the hub to the process that it began; one that has not asked for it ends at once. */
export const cancelSignal = 'SIGUSR2'
/** How whoever waits for an import ends it before its end. */
export type Cancelling = {
  /** Asked once, when there is something that must be ended well; before, the process may just end. */
  signal(): AbortSignal
  /** Whoever ended it tells of it, and not this process. */
  toldElsewhere: boolean
}

/**
 * A catalogue that was read becomes the hub's, or stays outside; either way it is reported, and what changed is in the audit log.
 * @returns null: it was cancelled, and that is told elsewhere
 */
export async function takeCatalogue(context: Context, offered: Offered): Promise<ImportReport | null> {
  const cancelled = offered.cancel?.signal()
  const catalogue = createCatalogueRepository(context.db)
  const { source, records, gone, whole } = offered
  const report = (
    refusal: string | null,
    done = { added: 0, changed: 0, deleted: 0 },
    ofPlaces: readonly Notice[] = [],
    readings?: Readings,
  ) =>
    keepReport(context, { ...offered, notices: decideTold(ofPlaces, offered.notices) }, refusal, { ...done, readings })
  if (records.length === 0 && gone.length === 0 && !offered.mayBeEmpty)
    return report('受け取れる書誌がありません。いまの蔵書はそのままです。')
  if (whole && !offered.really) {
    const [before, lost] = [await catalogue.total(source), await catalogue.wouldDelete(offered)]
    if (lost > Math.max(fewGone, before * mostGonePart))
      return report(
        `いまの ${before} タイトルのうち ${lost} がこの一覧にありません。一部だけの一覧かもしれないので、受け取っていません。`,
      )
  }
  const asOf = tokyoDay(context.clock.nowMs())
  const guesses = createGuesses(await context.openGuesser())
  try {
    const done = await catalogue.import({ source, records, gone, whole, asOf }, offered.progress, guesses, cancelled)
    if (done === null)
      return report(
        'ほかの蔵書を受け取る作業が終わりません。時間をおいて、もう一度お願いします。いまの蔵書はそのままです。',
      )
    const ofPlaces = noticesOfPlaces(await unknownPlaces(context, await rememberedContentDir(context)))
    return report(null, done, ofPlaces, { ...guesses.counts(), by: guesses.version() })
  } catch (error) {
    if (!(error instanceof ImportCancelled)) throw error
    return offered.cancel?.toldElsewhere ? null : cancelledCatalogue(context, offered, offered.actor)
  } finally {
    guesses.close()
  }
}

/** A catalogue that could not be read at all is told the same way. */
export const refuseCatalogue = (context: Reporting, of: Pick<Offered, 'actor' | 'from' | 'source'>, reason: string) =>
  keepReport(context, { ...of, records: [], notices: [], read: 0, refused: 0 }, reason, {
    ...{ added: 0, changed: 0, deleted: 0 },
  })

/** It ended before its end because somebody wanted that. */
export const cancelledCatalogue = (
  context: Reporting,
  of: Pick<Offered, 'actor' | 'from' | 'source'>,
  cancelledBy: string,
) =>
  keepReport(
    context,
    { ...of, records: [], notices: [], read: 0, refused: 0 },
    '読んでいる途中で中止しました。いまの蔵書はそのままです。',
    { ...{ added: 0, changed: 0, deleted: 0 }, cancelledBy },
  )

async function keepReport(
  context: Reporting,
  offered: Pick<Offered, 'actor' | 'from' | 'source' | 'records' | 'notices' | 'read' | 'refused'>,
  refusal: string | null,
  done: { added: number; changed: number; deleted: number; readings?: Readings; cancelledBy?: string },
): Promise<ImportReport> {
  const { actor, from, source, records, read, refused } = offered
  const report: ImportReport = {
    ...{ atMs: context.clock.nowMs(), actor, from, source, refusal, read, titles: records.length, refused },
    ...done,
    notices: [...offered.notices],
  }
  await createSettings(context.db).write(reportSetting, JSON.stringify(report))
  await context.audit(
    done.cancelledBy === undefined
      ? {
          actor,
          act: refusal === null ? 'library-imported' : 'library-import-refused',
          subject: source,
          detail: refusal ?? `${done.added} added, ${done.changed} changed, ${done.deleted} deleted`,
        }
      : { actor: done.cancelledBy, act: 'library-import-cancelled', subject: source, detail: from },
  )
  return report
}

export async function lastReport({ db }: Pick<HubContext, 'db'>): Promise<ImportReport | null> {
  const text = await createSettings(db).read(reportSetting)
  return text === null ? null : importReportSchema.parse(JSON.parse(text))
}
