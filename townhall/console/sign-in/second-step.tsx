import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { auth } from '../api/auth.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'
import { EntryFrame } from './entry-frame.tsx'

/** The second factor: six digits of the app, or one of the backup codes on paper. */
export function SecondStep(props: { onDone: () => Promise<void>; onBack: () => void }) {
  const [kind, setKind] = useState<'totp' | 'backup'>('totp')
  const [code, setCode] = useState('')
  const form = useSubmit(async () => {
    const typed = code.normalize('NFKC').replace(/\s/g, '')
    if (kind === 'totp') await auth.verifyTotp(typed)
    else await auth.verifyBackupCode(typed)
    await props.onDone()
  })
  const totp = kind === 'totp'
  return (
    <EntryFrame
      title={totp ? '確認コード' : '予備コード'}
      lead={
        totp
          ? '認証アプリに今出ている6けたの数字を入れてください。'
          : '2段階認証を決めたときに控えたコードを1つ入れてください。一度使ったコードは使えません。'
      }
    >
      <form onSubmit={form.submit}>
        <Stack gap="md">
          <TextInput
            key={kind}
            label={totp ? '確認コード（6けた）' : '予備コード'}
            inputMode={totp ? 'numeric' : 'text'}
            autoComplete="one-time-code"
            maxLength={20}
            required
            withAsterisk={false}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            styles={{ input: { fontSize: 22, letterSpacing: '0.15em', fontVariantNumeric: 'tabular-nums' } }}
          />
          {form.error !== null && <Failure error={form.error} />}
          <Button type="submit" loading={form.busy} size="md">
            確かめる
          </Button>
          <Group justify="space-between">
            <Anchor component="button" type="button" size="sm" onClick={props.onBack}>
              はじめに戻る
            </Anchor>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                setCode('')
                form.setError(null)
                setKind(totp ? 'backup' : 'totp')
              }}
            >
              {totp ? '予備コードを使う' : '認証アプリを使う'}
            </Anchor>
          </Group>
        </Stack>
      </form>
    </EntryFrame>
  )
}
