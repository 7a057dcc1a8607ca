/** What an importer has to say about one place of a file, in words that staff read. */
export type Problem = {
  file: string
  /** Line in the file as an editor counts; null when it concerns the whole file. */
  line: number | null
  column: string | null
  value: string | null
  reason: string
  severity: 'refused' | 'repaired' | 'note'
}
export type Notice = Pick<Problem, 'line' | 'column' | 'value' | 'reason' | 'severity'>
