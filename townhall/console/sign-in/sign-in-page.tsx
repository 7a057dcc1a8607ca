import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { auth } from '../api/auth.ts'
import { begin } from '../api/queries.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'
import { EntryFrame } from './entry-frame.tsx'
import { SecondStep } from './second-step.tsx'

/** @param again who was here when the session ended; the page they were on lies behind */
export function SignInPage({ again }: { again?: string }) {
  const queries = useQueryClient()
  const [step, setStep] = useState<'password' | 'second'>('password')
  const [email, setEmail] = useState(again ?? '')
  const [password, setPassword] = useState('')
  const enter = () => begin(queries)

  const form = useSubmit(async () => {
    const answer = await auth.signIn(email.trim(), password)
    if (answer.twoFactorRedirect) return setStep('second')
    await enter()
  })

  if (step === 'second')
    return (
      <SecondStep
        onDone={enter}
        onBack={() => {
          setPassword('')
          setStep('password')
        }}
      />
    )
  return (
    <EntryFrame
      title="サインイン"
      lead={again && '時間がたったので、サインインが切れました。もう一度サインインすると、書きかけのところに戻ります。'}
    >
      <form onSubmit={form.submit}>
        <Stack gap="md">
          <TextInput
            label="メールアドレス"
            type="email"
            name="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="パスワード"
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'パスワードを見せる・かくす', tabIndex: 0 }}
          />
          {form.error !== null && <Failure error={form.error} />}
          <Button type="submit" loading={form.busy} size="md">
            サインイン
          </Button>
          <Text size="sm" c="dimmed">
            パスワードを忘れたときは、管理の職員か情報担当に、再設定のリンクを頼んでください。
          </Text>
        </Stack>
      </form>
    </EntryFrame>
  )
}
