import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { KioskError } from '../../../contract/error-codes.ts'
import { diskTrouble } from '../database/disk-trouble.ts'
import { readIfThere, writeDurably } from '../identity/durable-file.ts'
import { decidePin } from './decide-pin.ts'
import { lockOutFrom, noTries, type PinTries } from './decide-pin-attempt.ts'
import { hashPin, isPinHash, pinFits } from './pin-hash.ts'

const triesSchema = z.object({
  failures: z.number().int().nonnegative(),
  bootId: z.string(),
  uptimeMs: z.number().nonnegative(),
})

const hashPath = (dataDir: string) => join(dataDir, 'identity', 'maintenance-pin')

/** What stands between a visitor and the service screen, beside the identity: the PIN's hash and the wrong tries, each 0600. */
export function createPinStore(dataDir: string) {
  const triesPath = join(dataDir, 'identity', 'maintenance-tries.json')
  let tries = load()

  /** A file that was spoilt counts as the wrong tries that somebody may have wished away. */
  function load(): PinTries {
    try {
      const text = readIfThere(triesPath)
      return text === null ? noTries : triesSchema.parse(JSON.parse(text))
    } catch {
      return { ...noTries, failures: lockOutFrom }
    }
  }

  return {
    /** null: none is set, or what lies there is no hash. Read each time, so that a new one needs no restart. */
    hash(): string | null {
      const path = hashPath(dataDir)
      const hash = readIfThere(path)?.trim() ?? ''
      if (!isPinHash(hash)) return null
      if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
      return hash
    },
    tries: (): PinTries => tries,
    /** On the disk before the PIN is looked at: pulling the plug wins no try. Where the disk refuses, it counts until the process ends. */
    setTries(next: PinTries): void {
      tries = next
      try {
        writeDurably(triesPath, JSON.stringify(next), 0o600)
      } catch (error) {
        if (diskTrouble(error) === null) throw error
      }
    },
  }
}
export type PinStore = ReturnType<typeof createPinStore>

const rules = 'a PIN has 6 to 12 digits'
const refusals = { length: rules, trivial: `${rules}, not all alike, not a run, not a pattern that repeats` }

/** @throws KioskError `bad-arguments` for one that is none */
export async function setPin(dataDir: string, pin: string): Promise<void> {
  const refused = decidePin(pin)
  if (refused !== null) throw new KioskError('bad-arguments', refusals[refused])
  writeDurably(hashPath(dataDir), `${await hashPin(pin)}\n`, 0o600)
}

/** The PIN in a file that nobody else can read; set unless it is the one already. @throws KioskError `bad-arguments` */
export async function setPinFromFile(dataDir: string, file: string): Promise<void> {
  let pin: string
  try {
    // A credential that systemd hands over shows its access list as the group's bits.
    if ((statSync(file).mode & 0o007) !== 0)
      throw new KioskError('bad-arguments', `${file}: others can read it; chmod 600 first`)
    pin = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof KioskError) throw error
    throw new KioskError('bad-arguments', `${file}: the PIN file cannot be read`, { file }, { cause: error })
  }
  const known = createPinStore(dataDir).hash()
  if (known !== null && (await pinFits(pin, known))) return
  await setPin(dataDir, pin)
}
