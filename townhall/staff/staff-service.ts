import { createHash, randomBytes } from 'node:crypto'
import { ORPCError } from '@orpc/server'
import { type Role, roleSchema } from '../../contract/hub-api.ts'
import type { HubContext } from '../context.ts'
import type { Auth } from './auth.ts'
import { refusePoorPassword } from './poor-password.ts'
import type { StaffRepository } from './staff-repository.ts'

const linkValidMs = 24 * 3_600_000
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

const alreadyThere = () =>
  new ORPCError('CONFLICT', { message: 'このメールアドレスの職員は、すでに登録されています。' })

export type StaffService = ReturnType<typeof createStaffService>

export function createStaffService(context: HubContext, auth: Auth, repository: StaffRepository) {
  async function makeLink(kind: 'first' | 'invitation' | 'reset', person: { name: string; email: string; role: Role }) {
    const token = randomBytes(32).toString('base64url')
    const expiresAtMs = context.clock.nowMs() + linkValidMs
    await repository.addLink({
      token_hash: hashOf(token),
      kind,
      ...person,
      expires_at_ms: expiresAtMs,
      used_at_ms: null,
    })
    return { link: `${context.publicUrl}/welcome/${token}`, expiresAtMs }
  }

  /** A new link while there is no staff at all, else null. The links before it are void. */
  async function firstAdministratorLink(): Promise<string | null> {
    if ((await repository.countStaff()) > 0) return null
    await repository.dropLinks('first')
    return (await makeLink('first', { name: '', email: '', role: 'administrator' })).link
  }

  async function invite(actor: string, person: { name: string; email: string; role: Role }) {
    if (await repository.byEmail(person.email)) throw alreadyThere()
    const made = await makeLink('invitation', { ...person, email: person.email.toLowerCase() })
    await context.audit({ actor, act: 'staff-invited', subject: person.email, detail: person.role })
    return made
  }

  /** @param withoutSecondFactor also ends the second factor at once, for somebody who lost phone and backup codes */
  async function resetLink(email: string, withoutSecondFactor = false): Promise<string | null> {
    const person = await repository.byEmail(email)
    if (!person) return null
    if (withoutSecondFactor) {
      const internal = await auth.$context
      await internal.internalAdapter.updateUser(person.id, { twoFactorEnabled: false })
      await repository.dropTwoFactor(person.id)
      await context.audit({ actor: 'command line', act: 'two-factor-disabled', subject: person.email })
    }
    const made = await makeLink('reset', {
      name: person.name,
      email: person.email,
      role: roleSchema.parse(person.role),
    })
    await context.audit({ actor: 'command line', act: 'staff-reset-link', subject: email })
    return made.link
  }

  async function openInvitation(token: string) {
    const link = await repository.openLink(hashOf(token), context.clock.nowMs())
    if (!link) return null
    return {
      kind: link.kind,
      name: link.name,
      email: link.email,
      role: roleSchema.parse(link.role),
      first: link.kind === 'first',
    }
  }

  /** @returns false when the link is used, too old or unknown */
  async function accept(input: { token: string; name: string; email: string; password: string }): Promise<boolean> {
    const link = await openInvitation(input.token)
    if (!link) return false
    const email = (link.first ? input.email : link.email).trim().toLowerCase()
    refusePoorPassword(input.password, { name: input.name, email })
    if (!(await repository.takeLink(hashOf(input.token), context.clock.nowMs()))) return false
    try {
      if (link.kind === 'reset') await setPassword(email, input.password)
      else
        await auth.api.createUser({
          body: { email, password: input.password, name: input.name.trim(), role: link.role as 'user' },
        })
    } catch (error) {
      // The person may try again with the same link: nothing was made.
      await repository.reopenLink(hashOf(input.token))
      if (link.kind !== 'reset' && (await repository.byEmail(email))) throw alreadyThere()
      throw error
    }
    await context.audit({
      actor: email,
      act: link.first ? 'first-administrator' : link.kind === 'reset' ? 'password-reset' : 'invitation-accepted',
      subject: email,
      detail: link.role,
    })
    return true
  }

  async function setPassword(email: string, password: string): Promise<void> {
    const person = await repository.byEmail(email)
    if (!person) throw new ORPCError('NOT_FOUND', { message: 'その職員は登録されていません。' })
    const internal = await auth.$context
    await internal.internalAdapter.updatePassword(person.id, await internal.password.hash(password))
    await internal.internalAdapter.deleteUserSessions(person.id)
    await repository.clearAttempts(`account:${email}`)
  }

  async function list() {
    const signIns = new Map((await repository.lastSignIns()).map((row) => [row.actor, Number(row.at_ms)]))
    return (await repository.staff()).map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      role: roleSchema.catch('editor').parse(row.role),
      disabled: Boolean(row.banned),
      twoFactor: Boolean(row.twoFactorEnabled),
      lastSignInAtMs: signIns.get(row.email) ?? null,
    }))
  }

  /** Somebody must always be able to administer. */
  async function refuseLastAdministrator(id: string): Promise<void> {
    const others = (await list()).filter((one) => one.role === 'administrator' && !one.disabled && one.id !== id)
    if (others.length === 0)
      throw new ORPCError('CONFLICT', { message: '管理の職員が一人もいなくなるため、この変更はできません。' })
  }

  async function known(id: string) {
    const person = (await list()).find((one) => one.id === id)
    if (!person) throw new ORPCError('NOT_FOUND', { message: 'その職員は登録されていません。' })
    return person
  }

  async function setRole(actor: string, id: string, role: Role): Promise<void> {
    const person = await known(id)
    if (person.role === role) return
    if (person.role === 'administrator') await refuseLastAdministrator(id)
    await repository.setRole(id, role)
    await context.audit({ actor, act: 'staff-role', subject: person.email, detail: `${person.role} → ${role}` })
  }

  async function setDisabled(actor: string, id: string, disabled: boolean): Promise<void> {
    const person = await known(id)
    if (person.disabled === disabled) return
    if (disabled) await refuseLastAdministrator(id)
    const internal = await auth.$context
    await internal.internalAdapter.updateUser(id, { banned: disabled })
    if (disabled) await internal.internalAdapter.deleteUserSessions(id)
    await context.audit({ actor, act: disabled ? 'staff-disabled' : 'staff-enabled', subject: person.email })
  }

  return { firstAdministratorLink, invite, resetLink, openInvitation, accept, list, setRole, setDisabled }
}
