import { type Kysely, sql } from 'kysely'
import type { Role } from '../../contract/hub-api.ts'
import type { Database } from '../database/database.ts'
import type { StaffLinkTable } from '../database/tables/staff-tables.ts'

export function createStaffRepository(db: Kysely<Database>) {
  return {
    addLink: (link: StaffLinkTable) => db.insertInto('staff_links').values(link).execute(),
    openLink: (tokenHash: string, nowMs: number) =>
      db
        .selectFrom('staff_links')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .where('used_at_ms', 'is', null)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst(),
    /** @returns whether it was ours to use: two at once cannot both win */
    async takeLink(tokenHash: string, nowMs: number): Promise<boolean> {
      const done = await db
        .updateTable('staff_links')
        .set({ used_at_ms: nowMs })
        .where('token_hash', '=', tokenHash)
        .where('used_at_ms', 'is', null)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst()
      return done.numUpdatedRows > 0n
    },
    reopenLink: (tokenHash: string) =>
      db.updateTable('staff_links').set({ used_at_ms: null }).where('token_hash', '=', tokenHash).execute(),
    dropLinks: (kind: StaffLinkTable['kind']) =>
      db.deleteFrom('staff_links').where('kind', '=', kind).where('used_at_ms', 'is', null).execute(),

    async countStaff(): Promise<number> {
      const row = await db.selectFrom('user').select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
      return Number(row.n)
    },
    staff: () =>
      db
        .selectFrom('user')
        .select(['id', 'name', 'email', 'role', 'banned', 'twoFactorEnabled'])
        .orderBy('createdAt')
        .execute(),
    lastSignIns: () =>
      db
        .selectFrom('audit')
        .select(['actor', sql<number>`max(at_ms)`.as('at_ms')])
        .where('act', '=', 'signed-in')
        .groupBy('actor')
        .execute(),
    setRole: (id: string, role: Role) => db.updateTable('user').set({ role }).where('id', '=', id).execute(),
    byEmail: (email: string) =>
      db
        .selectFrom('user')
        .select(['id', 'name', 'email', 'role'])
        .where('email', '=', email.toLowerCase())
        .executeTakeFirst(),

    attempts: (subject: string) =>
      db.selectFrom('staff_attempts').selectAll().where('subject', '=', subject).executeTakeFirst(),
    /** Counts one try unless the subject is locked. @returns milliseconds it is still locked; 0: counted */
    async takeAttempt(subject: string, nowMs: number, lock: (failures: number) => number, forgetBeforeMs: number) {
      await db
        .insertInto('staff_attempts')
        .values({ subject, failures: 0, locked_until_ms: 0 })
        .onConflict((conflict) => conflict.column('subject').doNothing())
        .execute()
      for (;;) {
        const row = await db
          .selectFrom('staff_attempts')
          .selectAll()
          .where('subject', '=', subject)
          .executeTakeFirstOrThrow()
        if (row.locked_until_ms > nowMs) return row.locked_until_ms - nowMs
        const failures = (row.locked_until_ms < forgetBeforeMs ? 0 : row.failures) + 1
        const done = await db
          .updateTable('staff_attempts')
          .set({ failures, locked_until_ms: nowMs + lock(failures) })
          .where('subject', '=', subject)
          .where('failures', '=', row.failures)
          .where('locked_until_ms', '=', row.locked_until_ms)
          .executeTakeFirst()
        // Nobody else took a try between the look and the mark.
        if (done.numUpdatedRows > 0n) return 0
      }
    },
    giveBackAttempt: (subject: string) =>
      db
        .updateTable('staff_attempts')
        .set({ failures: sql<number>`failures - 1`, locked_until_ms: 0 })
        .where('subject', '=', subject)
        .where('failures', '>', 0)
        .execute(),
    dropTwoFactor: async (userId: string) => {
      await db.deleteFrom('twoFactor').where('userId', '=', userId).execute()
    },
    clearAttempts: (subject: string) => db.deleteFrom('staff_attempts').where('subject', '=', subject).execute(),
  }
}
export type StaffRepository = ReturnType<typeof createStaffRepository>
