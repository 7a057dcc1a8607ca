import type { HealthCode, HealthEntry } from '../../../contract/health.ts'

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
  'hub-certificate-refused': '役場側の証明書がちがうため、つなぎませんでした',
  'bridge-refused': '画面ではないものからの接続を断りました',
  'screen-lost': '画面との接続が切れました',
  'screen-failed': '画面でまちがいが起きました',
  'breakout-attempt': '画面の外に出ようとする操作を止めました',
  'config-refused': '端末の設定が読めません',
}

const detailWords: Record<string, string> = {
  release: '公開番号',
  number: '公開番号',
  from: '元の番号',
  to: '戻した番号',
  reason: '理由',
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

export const levelWords: Record<HealthEntry['level'], string> = { info: '知らせ', warning: '注意', error: '異常' }

/** One entry as a sentence and its particulars; particulars without a name in Japanese are for the engineer's log, not for here. */
export function healthInWords(entry: Pick<HealthEntry, 'code' | 'detail'>): { sentence: string; particulars: string } {
  const particulars = Object.entries(entry.detail)
    .filter(([key]) => key in detailWords)
    .map(([key, value]) => `${detailWords[key]}：${typeof value === 'boolean' ? (value ? 'はい' : 'いいえ') : value}`)
  return { sentence: codeWords[entry.code], particulars: particulars.join('、') }
}
