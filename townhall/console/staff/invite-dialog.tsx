import { Button, CopyButton, Group, Modal, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Role, roleNamesJa, roleSchema, roles } from '../../../contract/hub-api.ts'
import { hub } from '../api/hub.ts'
import { dateTime } from '../ui/dates.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'

const roleTasks: Record<Role, string> = {
  editor: '内容を書きます',
  approver: '書かれた内容を確かめて公開します',
  desk: '住民からの声に答えます',
  administrator: '集計、端末、職員を管理します',
}

export function InviteDialog(props: { opened: boolean; onClose: () => void }) {
  const [made, setMade] = useState<{ link: string; expiresAtMs: number; name: string } | null>(null)
  const close = () => {
    setMade(null)
    props.onClose()
  }
  return (
    <Modal
      opened={props.opened}
      onClose={close}
      title={made ? '招待のリンク' : '職員を招待する'}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      {made ? (
        <Stack>
          <Text size="sm">
            このリンクを{made.name}さんに渡してください。{dateTime(made.expiresAtMs)}
            まで、一度だけ使えます。閉じると、もう見られません。
          </Text>
          <Textarea
            aria-label="招待のリンク"
            readOnly
            autosize
            value={made.link}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              閉じる
            </Button>
            <CopyButton value={made.link}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? '写しました' : 'リンクを写す'}</Button>}
            </CopyButton>
          </Group>
        </Stack>
      ) : (
        <InviteForm onMade={setMade} />
      )}
    </Modal>
  )
}

function InviteForm(props: { onMade: (made: { link: string; expiresAtMs: number; name: string }) => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const form = useSubmit(async () => {
    const made = await hub.staff.invite({ name: name.trim(), email: email.trim(), role })
    await queries.invalidateQueries({ queryKey: ['staff'] })
    props.onMade({ ...made, name: name.trim() })
  })
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <TextInput
          label="名前"
          required
          withAsterisk={false}
          maxLength={80}
          autoComplete="off"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="メールアドレス"
          type="email"
          required
          withAsterisk={false}
          maxLength={200}
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Radio.Group label="役割" value={role} onChange={(value) => setRole(roleSchema.catch('editor').parse(value))}>
          <Stack gap={6} mt={4}>
            {roles.map((one) => (
              <Radio key={one} value={one} label={`${roleNamesJa[one]}：${roleTasks[one]}`} />
            ))}
          </Stack>
        </Radio.Group>
        {form.error !== null && <Failure error={form.error} />}
        <Button type="submit" loading={form.busy}>
          招待のリンクを作る
        </Button>
      </Stack>
    </form>
  )
}
