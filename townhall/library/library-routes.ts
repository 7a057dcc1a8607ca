import { implement } from '@orpc/server'
import { hubContract } from '../../contract/hub-api.ts'
import { rememberedContentDir } from '../content-dir.ts'
import type { HubContext, RequestContext } from '../context.ts'
import { createSettings } from '../settings-repository.ts'
import type { StaffGuard } from '../staff/guard.ts'
import type { CatalogueJobs } from './catalogue-jobs.ts'
import { planStore } from './catalogue-plan.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import type { LoanService } from './loan-service.ts'
import { unknownPlaces } from './places/unknown-places.ts'
import { lastReport } from './take-catalogue.ts'

const mostUnknown = 50

type Parts = {
  context: HubContext
  guard: StaffGuard
  loans: Pick<LoanService, 'state'>
  catalogueJobs: Pick<CatalogueJobs, 'running' | 'cancel'>
}

/** What staff see of the library. */
export function libraryRoutes({ context, guard, loans, catalogueJobs }: Parts) {
  const os = implement(hubContract.library).$context<RequestContext>()
  const catalogue = createCatalogueRepository(context.db)
  const store = planStore(createSettings(context.db))
  return {
    view: os.view.handler(async ({ context: request }) => {
      await guard.require(request, 'editor', 'approver', 'administrator')
      const [sources, plan] = [await catalogue.sources(), await store.plan()]
      const { readings } = await catalogue.tally()
      const unknown = await unknownPlaces(context, await rememberedContentDir(context))
      return {
        nowMs: context.clock.nowMs(),
        titles: sources.reduce((sum, { titles }) => sum + titles, 0),
        asOf: await catalogue.asOf(),
        sources,
        readings: readings === null ? null : { ...readings, by: await catalogue.guessedBy() },
        unknownPlaces: { all: unknown.length, first: unknown.slice(0, mostUnknown) },
        running: catalogueJobs.running(),
        last: await lastReport(context),
        watch: plan.watch,
        daily: plan.daily.map(({ time, from }) => ({ time, host: new URL(from.address).host, source: from.source })),
        loans: await loans.state(),
      }
    }),
    cancelImport: os.cancelImport.handler(async ({ context: request, input, errors }) => {
      const staff = await guard.require(request, 'editor', 'administrator')
      if (!catalogueJobs.cancel(input.id, staff.email)) throw errors.OVER()
      return {}
    }),
  }
}
