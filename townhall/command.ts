import { KioskError } from '../contract/error-codes.ts'
import type { HubParts } from './compose.ts'

export type CommandIo = {
  say(line: string): void
  warn(line: string): void
  /** Bytes to standard output as they are. */
  write(bytes: Uint8Array): void
  /** The hub's parts over its data folder, without listening. Closed by the command line at the end. */
  openHub(dataDir: string | undefined): Promise<HubParts>
  /** From now on this signal of the system does not end the process, but aborts the signal that is given back. */
  abortOn(name: 'SIGINT' | 'SIGUSR2'): AbortSignal
}

/** One word of `npm run town --`. @returns the exit code; wrong arguments throw `usageError` */
export type Command = { name: string; usage: string; run(args: string[], io: CommandIo): Promise<number> }

export function usageError(message: string): KioskError {
  return new KioskError('bad-arguments', message)
}
