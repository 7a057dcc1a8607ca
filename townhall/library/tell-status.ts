import type { CommandIo } from '../command.ts'
import type { HubContext } from '../context.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import type { LoanService } from './loan-service.ts'
import { lastReport } from './take-catalogue.ts'
import { readingsInWords } from './tell-report.ts'

const loanWords = { none: '受け取っていません', file: '一覧のファイル', koha: 'Koha', calil: 'カーリル' }
const inTokyo = (ms: number) => new Date(ms).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' })

/** `library status`: what there is, how it came, and where loan status comes from. */
export async function tellStatus(
  context: Pick<HubContext, 'db'>,
  loans: Pick<LoanService, 'state'>,
  io: CommandIo,
): Promise<number> {
  const catalogue = createCatalogueRepository(context.db)
  io.say(`蔵書 ${await catalogue.total()} タイトル（${(await catalogue.asOf()) ?? 'まだ受け取っていません'}）`)
  const { readings } = await catalogue.tally()
  if (readings !== null && readings.without > 0)
    io.say(readingsInWords({ ...readings, by: await catalogue.guessedBy() }))
  const report = await lastReport(context)
  if (report !== null)
    io.say(`最後に渡された一覧: ${inTokyo(report.atMs)} ${report.from} ${report.refusal ?? '受け取りました。'}`)
  const { kind, toldAtMs, failure } = await loans.state()
  const when = toldAtMs === null ? '' : `（${inTokyo(toldAtMs)}）`
  io.say(`貸出の状態: ${loanWords[kind]}${when}${failure === null ? '' : ` ${failure.reason}`}`)
  return 0
}
