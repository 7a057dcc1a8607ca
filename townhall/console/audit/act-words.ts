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
  'internet-turn-ended': '体験インターネットを終わらせた',
  'release-published': '公開した',
  'library-imported': '図書館の蔵書を受け取った',
  'library-import-refused': '図書館の蔵書を受け取れなかった',
  'library-import-cancelled': '図書館の蔵書を読む作業を中止した',
  'library-columns-set': '図書館の一覧の列を選んだ',
  'library-shelves-saved': '図書館の棚を描いた',
  'library-watch-set': '蔵書を受け取るフォルダーを決めた',
  'library-daily-set': '蔵書を毎日受け取る時刻を決めた',
  'library-loans-set': '貸出の状態の受け取り先を決めた',
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
  const imported = /^(\d+) added, (\d+) changed, (\d+) deleted$/.exec(detail)
  if (imported) {
    const [added, changed, deleted] = imported.slice(1).map((count) => Number(count).toLocaleString('ja-JP'))
    return `新しい ${added}、変わった ${changed}、除いた ${deleted}`
  }
  const shelves = /^(\d+) put, (\d+) removed: (.*)$/s.exec(detail)
  if (shelves) return `書いた棚 ${shelves[1]}、消した棚 ${shelves[2]}（${shelves[3]}）`
  return detail
}

export const actorInWords = (actor: string) =>
  actor === 'command line'
    ? 'コマンド'
    : actor === 'hub'
      ? '役場のサーバー'
      : actor.startsWith('kiosk:')
        ? `端末 ${actor.slice(6)}`
        : actor

const subjectWords: Record<string, string> = {
  ...{ file: '図書館の一覧', sru: 'SRU', koha: 'Koha', calil: 'カーリル', none: 'なし' },
}

export const subjectInWords = (subject: string) =>
  (subjectWords[subject] ?? subject).replace(/^release (\d+)$/, '第$1版').replace(/^hub$/, '役場のサーバー')
