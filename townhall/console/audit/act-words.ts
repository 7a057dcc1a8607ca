const actWords: Record<string, string> = {
  'signed-in': 'サインインした',
  'sign-in-refused': 'サインインを断られた',
  'signed-out': 'サインアウトした',
  'password-changed': 'パスワードを変えた',
  'password-reset': '再設定のリンクでパスワードを変えた',
  'two-factor-enabled': '2段階認証を始めた',
  'two-factor-disabled': '2段階認証をやめた',
  'two-factor-codes': '予備コードを作りなおした',
  'first-administrator': '最初の管理者を登録した',
  'invitation-accepted': '招待を受けた',
  'staff-invited': '職員を招待した',
  'staff-role': '役割を変えた',
  'staff-disabled': '職員を使えないようにした',
  'staff-enabled': '職員を使えるようにした',
  'staff-reset-link': 'パスワード再設定のリンクを作った',
  'kiosk-code-created': '端末の登録番号を作った',
  'kiosk-enrolled': '端末が登録された',
  'kiosk-revoked': '端末の登録を取り消した',
  'release-published': '公開した',
  'certificate-activated': '証明書を切りかえた',
}

export const actInWords = (act: string) => actWords[act] ?? `そのほかの操作（${act}）`

const roleWords: Record<string, string> = { editor: '編集', approver: '承認', desk: '窓口', administrator: '管理' }

/** Details are kept as the machine wrote them; here they are told in words. */
export function detailInWords(act: string, detail: string): string {
  if (['staff-role', 'staff-invited', 'first-administrator', 'invitation-accepted', 'password-reset'].includes(act))
    return detail.replace(/editor|approver|desk|administrator/g, (role) => roleWords[role] ?? role)
  const published = /^(\d+) files changed, (\d+) bytes$/.exec(detail)
  if (published)
    return `${Number(published[1]).toLocaleString('ja-JP')}ファイル、${Number(published[2]).toLocaleString('ja-JP')}バイト`
  return detail
}

export const actorInWords = (actor: string) =>
  actor === 'command line' ? 'コマンド' : actor.startsWith('kiosk:') ? `端末 ${actor.slice(6)}` : actor

export const subjectInWords = (subject: string) =>
  subject.replace(/^release (\d+)$/, '第$1版').replace(/^hub$/, '役場のサーバー')
