import { z } from 'zod'
import { AuthFailure } from './words.ts'

/** better-auth's few doors that the console uses (townhall/staff/register-auth.ts lists them). */
async function call<T>(path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
  const response = await fetch(`/auth/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const json: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const told = z.object({ code: z.string().catch(''), message: z.string().catch('') }).safeParse(json)
    throw new AuthFailure(response.status, told.data?.code ?? '', told.data?.message ?? '')
  }
  return schema.parse(json)
}

const anything = z.unknown()
const signInAnswer = z.object({ twoFactorRedirect: z.boolean().optional() })
const sessionSchema = z.object({
  id: z.string(),
  token: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  ipAddress: z.string().nullish(),
  userAgent: z.string().nullish(),
})

export const auth = {
  signIn: (email: string, password: string) => call('sign-in/email', signInAnswer, { email, password }),
  verifyTotp: (code: string) => call('two-factor/verify-totp', anything, { code }),
  verifyBackupCode: (code: string) => call('two-factor/verify-backup-code', anything, { code }),
  signOut: () => call('sign-out', anything, {}),
  /** Also keeps the session alive: called only when somebody does something. */
  session: () => call('get-session', z.object({ session: sessionSchema.pick({ id: true }) }).nullable()),
  changePassword: (currentPassword: string, newPassword: string) =>
    call('change-password', anything, { currentPassword, newPassword, revokeOtherSessions: true }),
  enableTwoFactor: (password: string) =>
    call('two-factor/enable', z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) }), { password }),
  disableTwoFactor: (password: string) => call('two-factor/disable', anything, { password }),
  newBackupCodes: (password: string) =>
    call('two-factor/generate-backup-codes', z.object({ backupCodes: z.array(z.string()) }), { password }),
  sessions: () => call('list-sessions', z.array(sessionSchema)),
  endSession: (token: string) => call('revoke-session', anything, { token }),
  endOtherSessions: () => call('revoke-other-sessions', anything, {}),
}
