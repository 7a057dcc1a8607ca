import { type Report, type ReportQuery, reportQuerySchema } from '../../contract/report.ts'
import type { HubContext } from '../context.ts'
import { kioskSummaries } from '../kiosks/console-routes.ts'
import type { KioskRepository } from '../kiosks/kiosk-repository.ts'
import { fiscalYearOf } from '../usage/fiscal-calendar.ts'
import type { UsageRepository } from '../usage/usage-repository.ts'
import { buildReport } from './build-report.ts'

export type ReportService = ReturnType<typeof createReportService>

export function createReportService(parts: { context: HubContext; usage: UsageRepository; kiosks: KioskRepository }) {
  const { context, usage } = parts

  async function view(asked: ReportQuery): Promise<Report> {
    const query = reportQuerySchema.parse(asked)
    const toYear = query.toFiscalYear ?? query.fiscalYear
    const rows = await usage.monthlyCounts(`${query.fiscalYear}-04`, `${toYear + 1}-03`)
    const registered = await parts.kiosks.all()
    const summaries = new Map((await kioskSummaries(parts)).map((summary) => [summary.id, summary]))
    return buildReport({
      query,
      counts: rows.map((row) => ({
        kioskNo: row.kiosk_no,
        month: row.month,
        menu: row.menu,
        accesses: row.accesses,
        unverified: row.unverified,
      })),
      kiosks: registered.map((row) => ({
        no: row.no,
        id: row.id,
        name: row.name,
        enrolledAtMs: row.enrolled_at_ms,
        revokedAtMs: row.revoked_at_ms,
        lastHeardAtMs: row.last_heard_at_ms,
        missing: (summaries.get(row.id)?.sequence.missing ?? []).reduce(
          (total, range) => total + range.to - range.from + 1,
          0,
        ),
      })),
      nowMs: context.clock.nowMs(),
    })
  }

  /** Fiscal years with any count, ascending. */
  async function years(): Promise<{ fiscalYears: number[]; currentFiscalYear: number }> {
    const months = await usage.monthsHeld()
    const held = months.map((key) => {
      const [year = 0, month = 1] = key.split('-').map(Number)
      return month >= 4 ? year : year - 1
    })
    return {
      fiscalYears: [...new Set(held)].sort((a, b) => a - b),
      currentFiscalYear: fiscalYearOf(context.clock.nowMs()),
    }
  }

  return { view, years }
}
