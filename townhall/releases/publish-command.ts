import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, type CommandIo, usageError } from '../command.ts'
import { rememberedContentDir } from '../content-dir.ts'
import type { HubContext } from '../context.ts'
import { libraryFiles } from '../library/library-files.ts'
import { noticesOfPlaces, unknownPlaces } from '../library/places/unknown-places.ts'
import { compileTown } from './compile/compile-town.ts'
import { withPublishLock } from './publish-lock.ts'
import { publishUnderLock } from './publish-release.ts'

const root = join(import.meta.dirname, '..', '..')
const words = { refused: '受け取れません', repaired: '直して受け取りました', note: 'お知らせ' }

export const publishCommand: Command = {
  name: 'publish',
  usage: 'publish [--content DIR] [--data DIR]',
  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: { content: { type: 'string' }, data: { type: 'string' } },
    })
    if (values.content !== undefined && !existsSync(values.content)) throw noFolder(values.content)
    const hub = await io.openHub(values.data)
    const drawnInto = await rememberedContentDir(hub.context)
    const contentDir = resolve(values.content ?? drawnInto ?? join(root, 'content'))
    if (!existsSync(contentDir)) throw noFolder(contentDir)
    if (drawnInto !== null && drawnInto !== contentDir)
      io.warn(`お知らせ: 管理画面で描いた棚は ${drawnInto} にあります。いま公開するのは、ほかのフォルダーです。`)
    io.say(`${contentDir} を読んでいます …`)
    // From the first search file to the last old one: two publishes at the same time would clear away what the other still reads.
    return withPublishLock(hub.context.dataDir, () => publish(hub.context, contentDir, io))
  },
}

async function publish(context: HubContext, contentDir: string, io: CommandIo): Promise<number> {
  const catalogue = await libraryFiles(context)
  const cacheDir = join(root, '.cache', 'pictures')
  const { files, problems, refused } = await compileTown({
    contentDir,
    cacheDir,
    catalogue,
    openGuesser: context.openGuesser,
  })
  // Of the hub's own catalogue, of which the folder's tables know nothing.
  if (catalogue !== null)
    for (const { column, value, reason } of noticesOfPlaces(await unknownPlaces(context, contentDir)))
      io.warn(
        `蔵書${column === null ? '' : `:${column}`} お知らせ: ${reason}${value === null ? '' : `（「${value}」）`}`,
      )
  for (const problem of problems) {
    const place = [problem.file, problem.line ?? '', problem.column ?? ''].join(':').replace(/:+$/, '')
    io.warn(
      `${place} ${words[problem.severity]}: ${problem.reason}${problem.value === null ? '' : `（「${problem.value}」）`}`,
    )
  }
  if (refused) {
    io.warn('この内容では公開できません。いまの公開内容はそのままです。')
    return 1
  }
  const published = await publishUnderLock(context, {
    files,
    publishedBy: 'command line',
    progress: progressLines(io),
  })
  if (published.kind === 'unchanged') io.say(`前の公開（第${published.number}版）から変わったところはありません。`)
  else
    io.say(
      `第${published.number}版を公開しました。変わったファイル ${published.changedFiles}、全体 ${files.length} ファイル・ ${(published.sizeBytes / 1_000_000).toFixed(1)} MB。`,
    )
  const uncleared = [...(catalogue?.uncleared ?? []), ...published.uncleared]
  if (uncleared.length > 0) {
    context.log.warn({ uncleared: uncleared.slice(0, 20), files: uncleared.length }, 'publish: old files stay')
    io.warn(
      `公開はできています。いらなくなった古いファイル ${uncleared.length} 個は消せませんでした（${uncleared[0]}）。次に公開するときに、もう一度消します。くりかえし出るときは、ハブを動かしている利用者がそのファイルを消せるようにしてください。`,
    )
  }
  const lost = new Set(
    problems.flatMap((one) => (one.severity === 'refused' && one.line !== null ? [`${one.file}:${one.line}`] : [])),
  )
  if (lost.size > 0)
    io.say(`受け取れなかった行が ${lost.size} 行あります。上の知らせを見て、直してからもう一度公開してください。`)
  return 0
}

const noFolder = (dir: string) => usageError(`フォルダー「${dir}」がありません。`)

/** A line a second, once it takes longer than one. */
function progressLines(io: CommandIo): (done: number, of: number) => void {
  let saidMs = performance.now()
  return (done, of) => {
    if (done === of || performance.now() - saidMs < 1_000) return
    saidMs = performance.now()
    io.say(`  ${done} / ${of} ファイル`)
  }
}
