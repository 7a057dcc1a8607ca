import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database, Dialect } from './database/database.ts'
import type { OpenGuesser } from './library/readings/guesser.ts'

export type HubClock = { nowMs(): number }

export type AuditEntry = { actor: string; act: string; subject: string; detail?: string }

/** What every subject of the hub may use; wired once in app.ts (and in the command line). */
export type HubContext = {
  db: Kysely<Database>
  dialect: Dialect
  clock: HubClock
  dataDir: string
  /** Audience of kiosk tokens: made at first start, kept in the database. */
  hubId: string
  publicUrl: string
  log: Logger
  audit(entry: AuditEntry): Promise<void>
  /** What guesses readings, a process of its own; null: there is none here. */
  openGuesser: OpenGuesser
}

/** What a request brings to its procedure. */
export type RequestContext = {
  headers: Headers
  method: string
  /** Path without the query. */
  path: string
  remoteAddress: string
  /** Headers of the answer. */
  answer: Map<string, string>
}
