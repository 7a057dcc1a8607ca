import type { LibraryRecord } from '../../../contract/library/record.ts'
import type { TitleStatus } from '../../../contract/menus/library.ts'

/** A system that is asked for the titles on screen only. */
export type StatusSource = {
  /** How long an answer is as good as new, and how long it may be told at all. */
  freshMs: number
  usefulMs: number
  /** Titles in one asking. */
  most: number
  /**
   * Tells what it learns as it learns it; a title that the system knows nothing of is told as `unknown`. @returns why it ended early,
   * in words; `waitMs`: how long the system asked to be left alone
   */
  ask(
    records: readonly LibraryRecord[],
    tell: (statuses: readonly TitleStatus[]) => void,
  ): Promise<{ reason: string; waitMs: number | null } | null>
}
