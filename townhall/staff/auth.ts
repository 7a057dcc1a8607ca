import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { admin, twoFactor } from 'better-auth/plugins'
import { createAccessControl } from 'better-auth/plugins/access'
import { roles } from '../../contract/hub-api.ts'
import type { HubContext } from '../context.ts'

/** Signed out after so long without a request; and twelve hours after signing in in any case (guard.ts). */
const idleSeconds = 2 * 3600

const access = createAccessControl({ town: ['work'] } as const)
const townRole = access.newRole({ town: ['work'] })

/** better-auth over the hub's database: passwords, sessions, second factor. Nobody signs up by himself. */
export async function createAuth(context: Pick<HubContext, 'db' | 'dialect' | 'dataDir' | 'publicUrl'>) {
  const auth = betterAuth({
    appName: '芽室町 情報キオスク',
    baseURL: context.publicUrl,
    basePath: '/auth',
    secret: keptSecret(context.dataDir),
    database: { db: context.db, type: context.dialect },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    session: { expiresIn: idleSeconds, updateAge: 300 },
    // Attempts are limited by sign-in-limit.ts, in the database, so that several processes count together.
    rateLimit: { enabled: false },
    trustedOrigins: (request) => ownOrigins(context.publicUrl, request?.headers.get('host') ?? null),
    advanced: {
      cookiePrefix: 'kiosk-console',
      useSecureCookies: context.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
    },
    plugins: [
      twoFactor({ issuer: '芽室町 情報キオスク' }),
      admin({
        defaultRole: 'editor',
        adminRoles: ['administrator'],
        ac: access,
        roles: Object.fromEntries(roles.map((role) => [role, townRole])),
      }),
    ],
  })
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()
  return auth
}
export type Auth = Awaited<ReturnType<typeof createAuth>>

/** The address we are known by, and on this machine itself also its other spelling. */
export function ownOrigins(publicUrl: string, host: string | null): string[] {
  const origins = [new URL(publicUrl).origin]
  if (host !== null && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host))
    origins.push(`http://${host}`, `https://${host}`)
  return origins
}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'staff-secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8')
}
