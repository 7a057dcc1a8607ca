import { ORPCError } from '@orpc/client'

/** What the sign-in library says by code. */
const authWords: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'メールアドレスかパスワードがちがいます。',
  INVALID_PASSWORD: '今のパスワードがちがいます。',
  BANNED_USER: 'この職員は使えないようになっています。管理の職員にお問い合わせください。',
  INVALID_CODE: '確認コードがちがいます。アプリに今出ている6けたを入れてください。',
  INVALID_BACKUP_CODE: '予備コードがちがいます。使ったことのあるコードは、もう使えません。',
  INVALID_TWO_FACTOR_COOKIE: '時間がたちました。はじめからサインインしてください。',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: '続けてまちがえました。はじめからサインインしてください。',
  ACCOUNT_TEMPORARILY_LOCKED: '続けてまちがえたため、しばらく使えません。15分ほどお待ちください。',
  PASSWORD_TOO_SHORT: 'パスワードは12文字以上にしてください。',
  PASSWORD_TOO_LONG: 'パスワードは128文字までにしてください。',
  UNAUTHORIZED: 'サインインしてください。',
  SESSION_NOT_FRESH: '時間がたちました。もう一度サインインしてください。',
}

export class AuthFailure extends Error {
  override readonly name = 'AuthFailure'
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const isJapanese = (text: string) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text)

/** Every failure in words, with what to do; the one place where the console does this. */
export function wordsFor(error: unknown): string {
  if (error instanceof AuthFailure && authWords[error.code]) return authWords[error.code] ?? ''
  if (error instanceof ORPCError || error instanceof AuthFailure) {
    if (isJapanese(error.message)) return error.message
    return byStatus(error.status)
  }
  if (error instanceof TypeError) return 'サーバーにつながりません。ネットワークを確かめて、もう一度お試しください。'
  return '思わぬことが起きました。ページを読み込みなおして、もう一度お試しください。'
}

function byStatus(status: number): string {
  if (status === 400 || status === 422) return '入力に読めないところがあります。見なおして、もう一度お試しください。'
  if (status === 401) return 'サインインしてください。'
  if (status === 403) return 'この操作の権限がありません。'
  if (status === 404) return '見つかりません。ほかの人が変えたかもしれません。ページを読み込みなおしてください。'
  if (status === 409) return 'ほかの人が先に変えました。ページを読み込みなおしてください。'
  if (status === 413) return '送るものが大きすぎます（1 MBまで）。'
  if (status === 429) return '続けて送りすぎました。少し待ってから、もう一度お試しください。'
  return 'サーバーで問題が起きました。少し待ってから、もう一度お試しください。'
}

/** A wrong password is answered with 401 too. */
export const isSignedOut = (error: unknown) =>
  (error instanceof ORPCError && error.status === 401) ||
  (error instanceof AuthFailure && error.status === 401 && (error.code === 'UNAUTHORIZED' || error.code === 'upload'))
