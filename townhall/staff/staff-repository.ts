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
        .selectFrom('session')
        .select(['userId', sql<string>`max("createdAt")`.as('at')])
        .groupBy('userId')
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
    keepAttempts: (row: { subject: string; failures: number; locked_until_ms: number }) =>
      db
        .insertInto('staff_attempts')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('subject').doUpdateSet({ failures: row.failures, locked_until_ms: row.locked_until_ms }),
        )
        .execute(),
    clearAttempts: (subject: string) => db.deleteFrom('staff_attempts').where('subject', '=', subject).execute(),
  }
}
export type StaffRepository = ReturnType<typeof createStaffRepository>
