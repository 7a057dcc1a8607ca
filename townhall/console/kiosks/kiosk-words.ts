import type { KioskSummary } from '../../../contract/hub-api.ts'
import { number, spanInWords } from '../ui/dates.ts'

export type KioskState = { word: string; color: string; mark: '●' | '▲' | '×' | '－' }

/** Mark, word and colour together: the colour alone says nothing. */
export function stateOf(kiosk: Pick<KioskSummary, 'state' | 'silent' | 'status' | 'lastHeardAtMs'>): KioskState {
  if (kiosk.state === 'revoked') return { word: '登録を取り消した', color: '#4d4d4d', mark: '－' }
  if (kiosk.lastHeardAtMs === null) return { word: 'まだ連絡がない', color: '#7a4100', mark: '▲' }
  if (kiosk.silent) return { word: '連絡がとだえている', color: '#a90000', mark: '×' }
  if (kiosk.status && !kiosk.status.screenAlive) return { word: '画面が動いていない', color: '#a90000', mark: '×' }
  return { word: '動いている', color: '#115a36', mark: '●' }
}

/** 欠番なし, or which numbers are missing. */
export function sequenceInWords(sequence: KioskSummary['sequence']): { unbroken: boolean; words: string } {
  if (sequence.missing.length === 0) {
    const through = sequence.acknowledgedThrough
    return { unbroken: true, words: through === 0 ? '記録はまだありません' : `欠番なし（${number(through)}番まで）` }
  }
  const shown = sequence.missing
    .slice(0, 3)
    .map(({ from, to }) => (from === to ? `${number(from)}番` : `${number(from)}〜${number(to)}番`))
  const count = sequence.missing.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const more = sequence.missing.length > 3 ? 'など' : ''
  return { unbroken: false, words: `${shown.join('、')}${more}が届いていません（${number(count)}件）` }
}

/** How far the kiosk's own clock is from the hub's; positive: the kiosk is slow. */
export function clockInWords(offsetMs: number | null): string {
  if (offsetMs === null) return 'まだ比べていません'
  if (Math.abs(offsetMs) < 2_000) return '合っています'
  return `${spanInWords(offsetMs)}${offsetMs > 0 ? '遅れ' : '進み'}（直して記録しています）`
}

export function queueInWords(depth: number): string {
  return depth === 0 ? 'ありません' : `${number(depth)}件`
}
