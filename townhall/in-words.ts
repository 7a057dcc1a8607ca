import { KioskError } from '../contract/error-codes.ts'

/** What to print of a failure: our own and the system's (a file that is not there) say enough in a line; of anything else, where it came from. */
export function inWords(error: unknown): unknown {
  if (error instanceof KioskError) return error.message
  return error instanceof Error && 'syscall' in error ? error.message : error
}
