import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from './database/database.ts'

/** Few single values that belong to the hub itself. */
export function createSettings(db: Kysely<Database>) {
  async function read(name: string): Promise<string | null> {
    const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
    return row?.value ?? null
  }
  async function write(name: string, value: string): Promise<void> {
    await db
      .insertInto('settings')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()
  }
  /** The hub's name in tokens: made once, then kept for the life of the data. */
  async function hubId(): Promise<string> {
    await db
      .insertInto('settings')
      .values({ name: 'hub-id', value: `hub-${randomUUID()}` })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
    return (await read('hub-id')) ?? ''
  }
  return { read, write, hubId }
}
