import { ORPCError } from '@orpc/server'
import { type PasswordFault, passwordFaults } from '../../contract/staff-password.ts'

const words: Record<PasswordFault, string> = {
  'too-short': 'パスワードは12文字以上にしてください。',
  'too-long': 'パスワードは128文字までにしてください。',
  common: 'このパスワードは広く知られていて、当てられやすいものです。別のものにしてください。',
  'about-you': '名前やメールアドレスだけのパスワードは、当てられやすいものです。別のものにしてください。',
}

/** What is wrong with a new password, in words; null: nothing. */
export function poorPasswordInWords(password: string, person: { name: string; email: string }): string | null {
  const fault = passwordFaults(password, person)[0]
  return fault === undefined ? null : words[fault]
}

/** @throws BAD_REQUEST in words */
export function refusePoorPassword(password: string, person: { name: string; email: string }): void {
  const message = poorPasswordInWords(password, person)
  if (message !== null) throw new ORPCError('BAD_REQUEST', { message })
}
