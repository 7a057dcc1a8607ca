import type { ImportReport } from '../../contract/library/import-report.ts'
import type { CommandIo } from '../command.ts'

const words = { refused: '受け取れません', repaired: '直して受け取りました', note: 'お知らせ' }

/** As of a process that Ctrl+C ended. */
const cancelledCode = 130

/** On the command line: what was repaired or refused, then how it ended; null: it was cancelled, and that is told elsewhere. @returns the exit code */
export function tellReport(report: ImportReport | null, io: CommandIo): number {
  if (report === null) return cancelledCode
  for (const { line, column, severity, reason, value } of report.notices)
    io.warn(
      `${[report.from, line ?? '', column ?? ''].join(':').replace(/:+$/, '')} ${words[severity]}: ${reason}${value === null ? '' : `（「${value}」）`}`,
    )
  if (report.refusal !== null) {
    io.warn(report.refusal)
    return report.cancelledBy === undefined ? 1 : cancelledCode
  }
  const { read, titles, added, changed, deleted, refused, readings } = report
  io.say(
    `${read} 件を読み、${titles} タイトルを受け取りました（新しい ${added}、変わった ${changed}、除いた ${deleted}、受け取れない ${refused}）。`,
  )
  if (readings !== undefined && readings.without > 0) io.warn(readingsInWords(readings))
  return 0
}

/** Titles that came without a reading, and what became of them. */
export function readingsInWords({ without, guessed, by }: NonNullable<ImportReport['readings']>): string {
  const titles = `漢字の題 ${without} にヨミがありません`
  if (by === null && guessed === 0) return `${titles}。MeCab がないので、ヨミを推定していません。`
  return `${titles}（うち ${guessed} は推定しました${by === null ? '' : `、${by}`}）。`
}
