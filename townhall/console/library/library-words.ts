import type { LibraryOfHub } from '../../../contract/library/hub-view.ts'
import type { ImportReport } from '../../../contract/library/import-report.ts'
import { agoInWords, dateTime, number } from '../ui/dates.ts'

export const severityWords: Record<ImportReport['notices'][number]['severity'], string> = {
  refused: '受け取れません',
  repaired: '直しました',
  note: 'お知らせ',
}

const loanKinds: Record<LibraryOfHub['loans']['kind'], string> = {
  none: '受け取っていません',
  file: '図書館システムが書き出す一覧',
  koha: 'Koha（画面に出ている本だけ聞きます）',
  calil: 'カーリル（画面に出ている本だけ聞きます）',
}

export const loanSourceInWords = ({ kind }: LibraryOfHub['loans']) => loanKinds[kind]

/** When it last told something, and whether that is well. */
export function loanAgeInWords({ kind, toldAtMs }: LibraryOfHub['loans'], nowMs: number): string {
  if (kind === 'none') return '端末には、貸出のことは何も出ません。'
  if (toldAtMs === null)
    return kind === 'file' ? '使える一覧がまだありません（1日より古いものは使いません）。' : 'まだ聞いていません。'
  return `${agoInWords(toldAtMs, nowMs)}（${dateTime(toldAtMs)}）`
}

export function resultInWords({ read, titles, added, changed, deleted, refused }: ImportReport): string {
  const parts = [`新しい ${number(added)}`, `変わった ${number(changed)}`, `除いた ${number(deleted)}`]
  const lost = refused === 0 ? '' : `受け取れなかったものが ${number(refused)} 件あります。`
  return `${number(read)} 件を読み、${number(titles)} タイトルを受け取りました（${parts.join('、')}）。${lost}`
}

/** Titles whose reading the library does not give, and of how many it was guessed. null: nothing to say */
export function readingsInWords(readings: ImportReport['readings'] | LibraryOfHub['readings']): string | null {
  if (readings == null || readings.without === 0) return null
  const { without, guessed, by } = readings
  const titles = `漢字の題 ${number(without)} には、ヨミがありません。`
  if (by === null && guessed === 0)
    return `${titles}ヨミを推定するプログラム（MeCab）がないので、かなでは見つからず、こどもモードでも漢字のままです。`
  return `${titles}そのうち ${number(guessed)} は、ヨミを推定しました（端末では「よみ（推定）」と出ます）。ヨミの入った一覧を渡すと、そのヨミになります。`
}

/** Line and column as far as they are known. */
export function placeInWords({ line, column }: ImportReport['notices'][number]): string {
  return [line === null ? '' : `${number(line)}行目`, column ?? ''].filter((part) => part !== '').join(' ') || '全体'
}
