import type { HealthEntry, KioskStatus } from '../../../contract/health.ts'
import { type InternetRefusal, internetRefusals } from '../../../contract/internet-policy.ts'
import { number, spanInWords } from '../ui/dates.ts'

const refusalWords: Record<InternetRefusal, string> = {
  scheme: 'ウェブのページではないもの',
  'not-encrypted': '暗号のないページ（http）',
  'not-listed': '登録されていないサイト',
  denied: '禁止されたサイト',
  'private-address': '端末や役場の中の場所',
  'odd-address': 'ふつうでない書き方のアドレス',
  download: 'ファイルの保存',
  'second-window': '別の窓を開くこと',
  'file-dialog': 'ファイルを選ぶこと',
  permission: 'カメラ・マイク・位置などの許可',
  'sign-in-box': '名前とパスワードをたずねる小窓',
  certificate: '証明書に問題のあるサイト',
}
const whyWords = new Map([
  ['visitor', '本人が終えた'],
  ['idle', 'だれもいなくなった'],
  ['time', '時間になった'],
  ['staff', '職員が終わらせた'],
  ['failed', '途中で止まった'],
])

export const refusalInWords = (reason: InternetRefusal): string => refusalWords[reason]

/** null: the kiosk is not connected, or its program does not tell. */
export function internetStateInWords(state: KioskStatus['internet'] | null, connected: boolean): string {
  if (state === 'open') return '使用中'
  if (state === 'resting') return 'いまは使われていません（次の人のために休んでいます）'
  if (state === 'closed') return 'いまは使われていません'
  return connected ? 'わかりません（端末のプログラムが知らせていません）' : 'わかりません（端末とつながっていません）'
}

/** The particulars of a turn that ended: how long, why, and what was refused. */
export function turnInWords(detail: HealthEntry['detail']): string {
  const why = whyWords.get(String(detail.why))
  const refused = internetRefusals
    .filter((reason) => typeof detail[reason] === 'number')
    .map((reason) => `${refusalWords[reason]} ${number(Number(detail[reason]))}回`)
  return [
    ...(typeof detail.lastedMs === 'number' ? [spanInWords(detail.lastedMs)] : []),
    ...(why === undefined ? [] : [why]),
    ...(refused.length === 0 ? [] : [`止めたもの：${refused.join('、')}`]),
  ].join('、')
}
