import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KioskError } from '../../contract/error-codes.ts'
import { facilityConfigSchema } from '../../contract/facility-config.ts'

export type Facility = { id: string; name: string }

/** The facilities of `kiosk-config/`, in the order of their names. @throws KioskError `bad-config` naming file and key */
export function readFacilities(configDir: string): Facility[] {
  return readdirSync(configDir)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => readFacility(join(configDir, file)))
}

function readFacility(file: string): Facility {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new KioskError(
      'bad-config',
      `${file} is not JSON: ${error instanceof Error ? error.message : ''}`,
      { file },
      { cause: error },
    )
  }
  const config = facilityConfigSchema.safeParse(json)
  if (!config.success) {
    const issue = config.error.issues[0]
    throw new KioskError('bad-config', `${file}: ${issue?.path.join('.') || '(whole file)'}: ${issue?.message}`, {
      file,
    })
  }
  return { id: config.data.facility.id, name: config.data.facility.name.ja }
}

/** By id or by Japanese name. */
export function findFacility(facilities: readonly Facility[], wanted: string): Facility | null {
  const text = wanted.normalize('NFKC').trim()
  return facilities.find((facility) => facility.id === text || facility.name.normalize('NFKC') === text) ?? null
}
