import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type CommandIo, usageError } from '../command.ts'
import type { HubContext } from '../context.ts'
import { createSettings } from '../settings-repository.ts'
import { type CataloguePlan, planStore } from './catalogue-plan.ts'
import { columnMap } from './column-map.ts'
import type { HarvestSource } from './harvest.ts'

export const watchUsage = 'library watch FOLDER [--source NAME] [--part] [--column OURS=THEIRS]… | library watch none'
const actor = 'command line'

/** `library watch …`: the folder that the hub looks into. */
export async function setWatch(
  context: Pick<HubContext, 'db' | 'audit'>,
  folder: string,
  { source = 'file', part, column }: { source?: string | undefined; part: boolean; column: string[] },
  io: CommandIo,
): Promise<number> {
  if (folder !== 'none' && !(existsSync(folder) && statSync(folder).isDirectory()))
    throw usageError(`フォルダー「${folder}」がありません。`)
  columnMap(column)
  const watch = folder === 'none' ? null : { folder: resolve(folder), source, part, column }
  await change(context, 'library-watch-set', watch === null ? 'none' : source, (plan) => ({ ...plan, watch }))
  if (watch === null) io.say('フォルダーは見張りません。')
  else
    io.say(
      `${watch.folder} に置かれた一覧を、ハブが動いているあいだ受け取ります。書き終わって5秒たったものを1回だけ読み、ファイルはそのまま残します。`,
    )
  return 0
}

/** `library harvest … --daily HH:MM`, or `--daily none`. */
export async function setDaily(
  context: Pick<HubContext, 'db' | 'audit'>,
  from: HarvestSource,
  time: string,
  io: CommandIo,
): Promise<number> {
  if (time !== 'none' && !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time))
    throw usageError('--daily は 03:30 のように、時と分を2けたずつで書きます。やめるときは --daily none です。')
  const { source } = from
  await change(context, 'library-daily-set', source, (plan) => ({
    ...plan,
    daily: [...plan.daily.filter((one) => one.from.source !== source), ...(time === 'none' ? [] : [{ time, from }])],
  }))
  io.say(
    time === 'none'
      ? `「${source}」を毎日は受け取りません。`
      : `毎日 ${time} から、ハブが ${new URL(from.address).host} の蔵書を「${source}」として受け取ります。`,
  )
  return 0
}

async function change(
  context: Pick<HubContext, 'db' | 'audit'>,
  act: string,
  subject: string,
  next: (plan: CataloguePlan) => CataloguePlan,
): Promise<void> {
  const store = planStore(createSettings(context.db))
  await store.keepPlan(next(await store.plan()))
  await context.audit({ actor, act, subject })
}
