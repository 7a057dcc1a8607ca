import { KioskError } from '../../../contract/error-codes.ts'
import { OfflineError } from './release-failure.ts'

/** From this size on a file that broke off goes on where it stopped; a smaller one is fetched again sooner than its part is looked after. */
export const partFromBytes = 4 * 1_048_576
/** A part is made durable each time that so much of it has come. */
export const partSyncBytes = 8 * 1_048_576

/**
 * How much of a part that lies there is certain. One that this program itself put down is so in whole; of one that a killed program or a
 * power cut left, all up to the last sync but one: the last may have been under way.
 */
export function decideSureBytes(thereBytes: number, putDownBytes: number | undefined, syncBytes: number): number {
  if (putDownBytes === thereBytes) return thereBytes
  return Math.max(0, Math.floor(thereBytes / syncBytes) - 1) * syncBytes
}

/** A line that broke has said nothing against what came before. A wrong content has, and a full disk needs the room. */
export function decideKeepPart(error: unknown): boolean {
  return error instanceof OfflineError || (error instanceof KioskError && error.code === 'release-incomplete')
}
