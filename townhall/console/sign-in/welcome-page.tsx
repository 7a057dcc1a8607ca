import { Alert, Button, Skeleton, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { roleNamesJa } from '../../../contract/hub-api.ts'
import { auth } from '../api/auth.ts'
import { hub } from '../api/hub.ts'
import { begin } from '../api/queries.ts'
import { wordsFor } from '../api/words.ts'
import { goTo, linkTo } from '../app/route.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'
import { EntryFrame } from './entry-frame.tsx'
import { NewPassword, passwordReady } from './new-password.tsx'

type Invitation = Awaited<ReturnType<typeof hub.staff.invitation>>

/** Where a one-time link leads: the first administrator's, an invitation, or a new password. */
export function WelcomePage({ token }: { token: string }) {
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => hub.staff.invitation({ token }),
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (invitation.isPending)
    return (
      <EntryFrame title="リンクを確かめています">
        <Skeleton height={36} />
        <Skeleton height={36} />
      </EntryFrame>
    )
  if (invitation.error)
    return (
      <EntryFrame title="このリンクは使えません">
        <Alert color="red" variant="light">
          {wordsFor(invitation.error)}
        </Alert>
        <Button component="a" variant="default" {...linkTo('/')}>
          サインインへ
        </Button>
      </EntryFrame>
    )
  return <WelcomeForm token={token} invitation={invitation.data} />
}

function WelcomeForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const queries = useQueryClient()
  const [name, setName] = useState(invitation.name)
  const [email, setEmail] = useState(invitation.email)
  const [pair, setPair] = useState({ password: '', again: '' })
  const form = useSubmit(async () => {
    await hub.staff.accept({ token, name: name.trim(), email: email.trim(), password: pair.password })
    const answer = await auth.signIn(email.trim(), pair.password)
    if (!answer.twoFactorRedirect) await begin(queries)
    goTo(invitation.role === 'administrator' && !answer.twoFactorRedirect ? '/me' : '/', 'replace')
  })
  const ready = name.trim() !== '' && email.includes('@') && passwordReady(pair, { name, email })
  return (
    <EntryFrame
      width={480}
      title={invitation.first ? '最初の管理者' : 'ようこそ'}
      lead={
        invitation.first
          ? 'この町の情報キオスクを管理する、最初の職員を登録します。'
          : `「${roleNamesJa[invitation.role]}」の職員として使えるようになります。パスワードを決めてください。`
      }
    >
      <form onSubmit={form.submit}>
        <Stack gap="md">
          <TextInput
            label="名前"
            autoComplete="name"
            required
            withAsterisk={false}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="メールアドレス"
            description={invitation.first ? 'サインインに使います。' : '招待されたアドレスです。変えられません。'}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            maxLength={200}
            readOnly={!invitation.first}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NewPassword value={pair} person={{ name, email }} onChange={setPair} />
          {form.error !== null && <Failure error={form.error} />}
          <Button type="submit" size="md" loading={form.busy} disabled={!ready}>
            登録してサインイン
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  )
}
