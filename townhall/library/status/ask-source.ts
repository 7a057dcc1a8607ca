import type { Outside } from '../ask-safely.ts'
import { calilSource } from './ask-calil.ts'
import { kohaSource } from './ask-koha.ts'
import { calilKey, type LoanSource } from './loan-source.ts'
import type { StatusSource } from './status-source.ts'

type Parts = { outside: Outside; dataDir: string; nowMs: () => number }

export function askSource(
  source: Exclude<LoanSource, { kind: 'file' }>,
  { outside, dataDir, nowMs }: Parts,
): StatusSource {
  if (source.kind === 'koha') return kohaSource(source, outside, nowMs)
  return calilSource({ ...source, key: calilKey(dataDir).read }, outside, nowMs)
}
