import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { auth } from '../api/auth.ts'
import type { Me } from '../api/queries.ts'
import { NewPassword, passwordReady } from '../sign-in/new-password.tsx'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'
import { tellDone } from '../ui/tell.ts'

export function ChangePassword({ me }: { me: Me }) {
  const queries = useQueryClient()
  const [current, setCurrent] = useState('')
  const [pair, setPair] = useState({ password: '', again: '' })
  const form = useSubmit(async () => {
    await auth.changePassword(current, pair.password)
    setCurrent('')
    setPair({ password: '', again: '' })
    await queries.invalidateQueries({ queryKey: ['sessions'] })
    tellDone('パスワードを変えました。ほかの場所のサインインは終わりました。')
  })
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <PasswordInput
          label="今のパスワード"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'パスワードを見せる・かくす', tabIndex: 0 }}
        />
        <NewPassword value={pair} person={me} onChange={setPair} />
        {form.error !== null && <Failure error={form.error} />}
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            変えると、ほかの場所のサインインは終わります。
          </Text>
          <Button
            type="submit"
            variant="light"
            c="town.9"
            loading={form.busy}
            disabled={current === '' || !passwordReady(pair, me)}
          >
            パスワードを変える
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
