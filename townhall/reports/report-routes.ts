import { implement } from '@orpc/server'
import { hubContract } from '../../contract/hub-api.ts'
import type { RequestContext } from '../context.ts'
import type { StaffGuard } from '../staff/guard.ts'
import { exportReport } from './export-report.ts'
import type { ReportService } from './report-service.ts'

export function reportRoutes(parts: { reports: ReportService; guard: StaffGuard }) {
  const os = implement(hubContract.reports).$context<RequestContext>()
  const administrator = os.use(async ({ context, next }) =>
    next({ context: { staff: await parts.guard.require(context, 'administrator') } }),
  )
  return {
    view: administrator.view.handler(({ input }) => parts.reports.view(input)),
    export: administrator.export.handler(async ({ input }) => {
      const { format, layout, ...query } = input
      const file = await exportReport(await parts.reports.view(query), format, layout)
      return new File([file.bytes], file.name, { type: file.type })
    }),
    years: administrator.years.handler(() => parts.reports.years()),
  }
}
