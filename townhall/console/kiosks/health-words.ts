import type { HealthCode, HealthEntry } from '../../../contract/health.ts'
import { turnInWords } from './internet-words.ts'

const codeWords: Record<HealthCode, string> = {
  'kiosk-started': '端末が動きはじめました',
  'release-activated': '新しい公開を表示しました',
  'release-refused': '公開を受け付けませんでした。前のものを表示しています',
  'release-rolled-back': '新しい公開がうまく映らないため、前のものに戻しました',
  'release-fetch-failed': '公開を受け取れませんでした。あとでもう一度ためします',
  'cache-rebuilt': '傷んだ控えを作りなおしました',
  'outbox-salvaged': '傷んだ利用記録から、読めるものを救い出しました',
  'sequence-gap': '利用記録の番号が合いません',
  'usage-refused': '役場側が利用記録を受け付けませんでした',
  'disk-full': 'ディスクがいっぱいです。利用を記録できません',
  'disk-recovered': 'ディスクに書けるようになりました',
  'clock-jumped': '端末の時計が急に動きました',
  'clock-corrected': '端末の時刻のずれを直しました',
  'clock-stopped': '端末の時計が止まっています',
  'hub-certificate-refused': '役場側の証明書がちがうため、つなぎませんでした',
  'bridge-refused': '画面ではないものからの接続を断りました',
  'screen-lost': '画面との接続が切れました',
  'kiosk-process-lost': '端末の中心のプログラムが止まりました',
  recovered: '止まっていたものが動くようになりました',
  'memory-high': 'メモリーを使いすぎています。利用者がいないときに動かしなおします',
  'planned-restart': '利用者がいないときに、予定どおり動かしなおしました',
  'touch-silent': '開館中に一度もふれられていません。画面が反応するか、見てください',
  'input-lost': 'タッチパネルが外れました',
  'input-back': 'タッチパネルがつながりました',
  'screen-failed': '画面でまちがいが起きました',
  'breakout-attempt': '画面の外に出ようとする操作を止めました',
  'maintenance-opened': '保守画面が開かれました',
  'maintenance-closed': '保守画面が閉じられました',
  'maintenance-refused': '保守画面を開こうとして、断られました',
  'maintenance-locked-out': '保守画面の暗証番号が何度もまちがえられ、しばらく受け付けなくなりました',
  'config-refused': '端末の設定が読めません',
  'internet-turn-ended': '体験インターネットの利用が終わりました',
  'internet-failed': '体験インターネットが途中で止まりました',
  'library-failed':
    '図書検索が止まりました。ほかのメニューと利用の記録は続いています。図書検索は自動で動かしなおします',
}

const detailWords: Record<string, string> = {
  release: '公開番号',
  number: '公開番号',
  from: '元の番号',
  to: '戻した番号',
  reason: '理由',
  part: '部分',
  day: '日',
  panel: 'タッチパネル',
  usualPerDay: 'ふだんの一日の回数',
  usedMb: '使っている量（MB）',
  ms: 'かかった時間（ミリ秒）',
  softwareVersion: '版',
  host: '動かし方',
  heldAccesses: '待っていた利用の件数',
  events: '件数',
  renumbered: '番号を付けなおした件数',
  sequence: '番号',
  acknowledgedThrough: '役場側にある番号',
  removedThrough: '消した番号',
  lastSequence: '最後の番号',
  afterSequence: 'この番号の後',
  shiftMs: 'ずれ（ミリ秒）',
  jumpMs: '動いた幅（ミリ秒）',
  fingerprint: '証明書の指紋',
  message: '内容',
  file: 'ファイル',
  menu: 'メニュー',
}

/** Of the codes in `error`, those that staff can do something about. */
const causes = new Map([
  ['disk-full', '端末のディスクの空きが足りません'],
  ['disk-read-only', '端末のディスクに書けません'],
])

export const levelWords: Record<HealthEntry['level'], string> = { info: '知らせ', warning: '注意', error: '異常' }

/** One entry as a sentence and its particulars; particulars without a name in Japanese are for the engineer's log, not for here. */
export function healthInWords(entry: Pick<HealthEntry, 'code' | 'detail'>): { sentence: string; particulars: string } {
  if (entry.code === 'internet-turn-ended')
    return { sentence: codeWords[entry.code], particulars: turnInWords(entry.detail) }
  const cause = causes.get(String(entry.detail.error))
  const told = Object.entries(entry.detail)
    .filter(([key]) => key in detailWords)
    .map(([key, value]) => `${detailWords[key]}：${typeof value === 'boolean' ? (value ? 'はい' : 'いいえ') : value}`)
  const particulars = [...(cause === undefined ? [] : [`原因：${cause}`]), ...told]
  return { sentence: codeWords[entry.code], particulars: particulars.join('、') }
}
