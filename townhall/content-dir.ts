import { resolve } from 'node:path'
import type { HubContext } from './context.ts'
import { createSettings } from './settings-repository.ts'

const setting = 'content-dir'

/** The folder that the console writes into is the one that `publish` takes where none is named: one truth, not two. */
export const rememberContentDir = ({ db }: Pick<HubContext, 'db'>, dir: string) =>
  createSettings(db).write(setting, resolve(dir))

/** @returns null: no hub was ever started with one */
export const rememberedContentDir = ({ db }: Pick<HubContext, 'db'>) => createSettings(db).read(setting)
