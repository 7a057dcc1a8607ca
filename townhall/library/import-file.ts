import { existsSync, readFileSync, statSync } from 'node:fs'
import { type CommandIo, usageError } from '../command.ts'
import { readCatalogue } from '../importers/library/read-catalogue.ts'
import { createSettings } from '../settings-repository.ts'
import { actorOf, cancelling } from './cancelling.ts'
import { columnMap } from './column-map.ts'
import { keptColumns } from './columns/kept-columns.ts'
import { refuseCatalogue, takeCatalogue } from './take-catalogue.ts'
import { tellReport } from './tell-report.ts'

type Options = {
  data?: string | undefined
  source?: string | undefined
  part: boolean
  really: boolean
  column: string[]
  by?: string | undefined
  from?: string | undefined
}

/** `library import FILE`. */
export async function importFile(file: string, options: Options, io: CommandIo): Promise<number> {
  if (!existsSync(file)) throw usageError(`ファイル「${file}」がありません。`)
  const columns = columnMap(options.column)
  io.warn(`${file} を読んでいます …`)
  const { source = 'file', part, really, by, from = file } = options
  const about = { actor: actorOf(by), from, source }
  const bytes = readUnchanged(file)
  if (typeof bytes === 'string') {
    const { context } = await io.openHub(options.data)
    return tellReport(await refuseCatalogue(context, about, `${bytes}いまの蔵書はそのままです。`), io)
  }
  const { context } = await io.openHub(options.data)
  // What is typed comes before what was chosen in the console.
  const kept = options.column.length > 0 ? [] : await keptColumns(createSettings(context.db)).all()
  const read = readCatalogue(bytes, { columns, kept })
  const progress = (titles: number) => io.warn(`  ${titles} / ${read.records.length} タイトル`)
  progress(0)
  const offered = { ...read, ...about, whole: !part, really, progress, cancel: cancelling(by, io) }
  const report = await takeCatalogue(context, offered)
  const code = tellReport(report, io)
  if (code === 1 && report !== null && report.titles > 0)
    io.warn('一部だけのファイルなら --part、本当に除くなら --really を付けてください。')
  return code
}

/** @returns in words why not, also when it was written to meanwhile: half of it would be the old and half the new */
function readUnchanged(file: string): Buffer | string {
  try {
    const mark = () => {
      const { size, mtimeMs } = statSync(file)
      return `${size} ${mtimeMs}`
    }
    const before = mark()
    const bytes = readFileSync(file)
    return mark() === before ? bytes : '読んでいるあいだに書きかえられました。書き終わってから、もう一度お願いします。'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '不明'
    return `ファイルを読めません（${code}）。`
  }
}
