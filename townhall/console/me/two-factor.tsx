import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { auth } from '../api/auth.ts'
import { type Me, meQuery } from '../api/queries.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'
import { tellDone } from '../ui/tell.ts'
import { BackupCodes } from './backup-codes.tsx'
import { ConfirmApp } from './confirm-app.tsx'

type Setting =
  | { step: 'rest' }
  | { step: 'password'; act: 'enable' | 'disable' | 'codes' }
  | { step: 'app'; totpURI: string; backupCodes: string[] }
  | { step: 'codes'; backupCodes: string[] }

/** Set up: password, then the app's QR code and its first digits, then the backup codes on paper. */
export function TwoFactor({ me }: { me: Me }) {
  const queries = useQueryClient()
  const [setting, setSetting] = useState<Setting>({ step: 'rest' })
  const renew = () => queries.invalidateQueries({ queryKey: meQuery.queryKey })
  const rest = () => setSetting({ step: 'rest' })

  if (setting.step === 'password')
    return (
      <AskPassword
        act={setting.act}
        onBack={rest}
        onPassword={async (password) => {
          if (setting.act === 'enable') setSetting({ step: 'app', ...(await auth.enableTwoFactor(password)) })
          else if (setting.act === 'codes') setSetting({ step: 'codes', ...(await auth.newBackupCodes(password)) })
          else {
            await auth.disableTwoFactor(password)
            await renew()
            tellDone('2段階認証をやめました。')
            rest()
          }
        }}
      />
    )
  if (setting.step === 'app')
    return (
      <ConfirmApp
        totpURI={setting.totpURI}
        onBack={rest}
        onConfirmed={async () => {
          await renew()
          setSetting({ step: 'codes', backupCodes: setting.backupCodes })
        }}
      />
    )
  if (setting.step === 'codes') return <BackupCodes codes={setting.backupCodes} onDone={rest} />
  return me.twoFactor ? (
    <Stack>
      <Text size="sm">使っています。サインインのとき、認証アプリの6けたの数字も入れます。</Text>
      <Group>
        <Button variant="default" onClick={() => setSetting({ step: 'password', act: 'codes' })}>
          予備コードを作りなおす
        </Button>
        <Button variant="default" onClick={() => setSetting({ step: 'password', act: 'disable' })}>
          2段階認証をやめる
        </Button>
      </Group>
    </Stack>
  ) : (
    <Stack>
      <Text size="sm">
        使っていません。始めると、パスワードが知られても、あなたのスマートフォンなしではサインインできなくなります。
      </Text>
      <Group>
        <Button onClick={() => setSetting({ step: 'password', act: 'enable' })}>2段階認証を始める</Button>
      </Group>
    </Stack>
  )
}

const leads = {
  enable: '始めるには、今のパスワードを入れてください。',
  disable: 'やめるには、今のパスワードを入れてください。',
  codes: '作りなおすには、今のパスワードを入れてください。前の予備コードは使えなくなります。',
}

function AskPassword(props: {
  act: 'enable' | 'disable' | 'codes'
  onBack: () => void
  onPassword: (password: string) => Promise<void>
}) {
  const [password, setPassword] = useState('')
  const form = useSubmit(() => props.onPassword(password))
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <PasswordInput
          label="今のパスワード"
          description={leads[props.act]}
          autoComplete="current-password"
          required
          withAsterisk={false}
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'パスワードを見せる・かくす', tabIndex: 0 }}
        />
        {form.error !== null && <Failure error={form.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onBack}>
            やめる
          </Button>
          <Button type="submit" loading={form.busy}>
            つぎへ
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
