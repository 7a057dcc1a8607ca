import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Notice, Problem } from '../../importers/import-report.ts'
import { readTable, type TownTable } from '../../importers/read-table.ts'

/** What staff keep, and all that is to be said about it. */
export function townFolder(contentDir: string) {
  const problems: Problem[] = []
  let refused = false
  const tell = (path: string, notices: readonly Notice[]) => {
    for (const notice of notices) problems.push({ file: join(basename(contentDir), path), ...notice })
  }
  /** Said of a whole file; the release before stays. */
  const refuse = (path: string, reason: string) => {
    tell(path, [{ line: null, column: null, value: null, reason, severity: 'refused' }])
    refused = true
  }
  return {
    tell,
    refuse,
    has: (path: string) => existsSync(join(contentDir, path)),
    /** @returns null, told and the release refused, when the file is missing or cannot be read as this kind of table */
    table(path: string, headers: ReadonlySet<string>, least?: number): TownTable | null {
      const file = join(contentDir, path)
      const read = existsSync(file)
        ? readTable(readFileSync(file), headers, least)
        : { refused: 'ファイルがありません。' }
      if (!('refused' in read)) return read
      refuse(path, read.refused)
      return null
    },
    report: () => ({ problems, refused }),
  }
}
export type TownFolder = ReturnType<typeof townFolder>
