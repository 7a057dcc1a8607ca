import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { createSettings } from '../../settings-repository.ts'

const setting = 'library-loan-source'

const loanSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), file: z.string() }),
  z.object({ kind: z.literal('koha'), address: z.url(), dueDates: z.boolean() }),
  z.object({ kind: z.literal('calil'), systemId: z.string(), address: z.url() }),
])
/** Where loan status comes from: one for the library. The key of カーリル is no part of it, see `calilKey`. */
export type LoanSource = z.infer<typeof loanSourceSchema>

type Settings = ReturnType<typeof createSettings>

export async function readLoanSource(settings: Pick<Settings, 'read'>): Promise<LoanSource | null> {
  const text = await settings.read(setting)
  return text === null ? null : loanSourceSchema.nullable().parse(JSON.parse(text))
}

export const writeLoanSource = (settings: Pick<Settings, 'write'>, source: LoanSource | null): Promise<void> =>
  settings.write(setting, JSON.stringify(source))

/** In a file of its own that only this user can read, as every secret of the hub. */
export function calilKey(dataDir: string) {
  const file = join(dataDir, 'calil-key')
  return {
    read: (): string | null => (existsSync(file) ? readFileSync(file, 'utf8').trim() || null : null),
    keep(key: string): void {
      writeFileSync(`${file}.new`, key, { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
  }
}
