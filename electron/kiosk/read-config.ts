import { readFileSync } from 'node:fs'
import { KioskError } from '../../contract/error-codes.ts'
import { type FacilityConfig, facilityConfigSchema } from '../../contract/facility-config.ts'

/** `kiosk-config/FILE.json`. @throws KioskError `bad-config` naming file, key, what was expected and what stood there */
export function readConfig(file: string): FacilityConfig {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new KioskError(
      'bad-config',
      `${file}: the file cannot be read. One per facility lies in kiosk-config/.`,
      { file },
      { cause: error },
    )
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new KioskError(
      'bad-config',
      `${file}: not JSON (${error instanceof Error ? error.message : ''}).`,
      { file },
      { cause: error },
    )
  }
  const config = facilityConfigSchema.safeParse(json)
  if (config.success) return config.data
  const lines = config.error.issues.slice(0, 5).map((issue) => {
    const key = issue.path.join('.')
    const found = key === '' ? '' : `, found ${JSON.stringify(valueAt(json, issue.path)) ?? 'nothing'}`
    return `  ${key || '(whole file)'}: ${issue.message}${found}`
  })
  throw new KioskError('bad-config', `${file}:\n${lines.join('\n')}`, {
    file,
    key: config.error.issues[0]?.path.join('.') ?? '',
  })
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    json,
  )
}
