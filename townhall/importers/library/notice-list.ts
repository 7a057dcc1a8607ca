import type { Notice } from '../import-report.ts'

const mostOfASeverity = 500
const words = { refused: '受け取れなかったもの', repaired: '直して受け取ったもの', note: 'お知らせ' }

/** What an importer says, of each severity the first ones and how many more: a catalogue with one mistake in every row stays readable. */
export function createNoticeList() {
  const kept: Notice[] = []
  const counts = { refused: 0, repaired: 0, note: 0 }
  return {
    say(notice: Notice): void {
      counts[notice.severity] += 1
      if (counts[notice.severity] <= mostOfASeverity) kept.push({ ...notice, value: shortened(notice.value) })
    },
    list(): Notice[] {
      const more = (['refused', 'repaired', 'note'] as const).flatMap((severity): Notice[] =>
        counts[severity] <= mostOfASeverity
          ? []
          : [
              {
                line: null,
                column: null,
                value: null,
                reason: `${words[severity]}は、ほかに ${counts[severity] - mostOfASeverity} 件あります。`,
                severity,
              },
            ],
      )
      return [...kept, ...more]
    },
    counts,
  }
}

const shortened = (value: string | null) => (value !== null && value.length > 80 ? `${value.slice(0, 80)}…` : value)
