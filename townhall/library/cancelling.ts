import type { CommandIo } from '../command.ts'
import { type Cancelling, cancelSignal } from './take-catalogue.ts'

/** Whom the audit log names; undefined: somebody typed it. */
export const actorOf = (by: string | undefined) => by ?? 'command line'

/**
 * An import that was typed is cancelled with Ctrl+C. One that the hub began for somebody else has a signal of its own, for Ctrl+C reaches
 * it too where the hub runs in a terminal, and the hub knows who wanted it to end.
 */
export const cancelling = (by: string | undefined, io: Pick<CommandIo, 'abortOn'>): Cancelling => ({
  signal: () => io.abortOn(by === undefined ? 'SIGINT' : cancelSignal),
  toldElsewhere: by !== undefined,
})
