/** better-auth's own tables, as far as we read them; their columns are made by its migrations. */
export type StaffUserTable = {
  id: string
  name: string
  email: string
  role: string | null
  banned: number | boolean | null
  twoFactorEnabled: number | boolean | null
  createdAt: string | Date
}
export type StaffTwoFactorTable = { id: string; userId: string }
export type StaffSessionTable = { id: string; userId: string; createdAt: string | Date; token: string }

/** One-time links: invitations, the first administrator's, resets. Only the SHA-256 of the token is kept. */
export type StaffLinkTable = {
  token_hash: string
  kind: 'first' | 'invitation' | 'reset'
  name: string
  email: string
  role: string
  expires_at_ms: number
  used_at_ms: number | null
}
/** Failed sign-ins, per account and per address. */
export type StaffAttemptTable = { subject: string; failures: number; locked_until_ms: number }
