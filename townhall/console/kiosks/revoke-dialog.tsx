import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { hub } from '../api/hub.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'
import { tellDone } from '../ui/tell.ts'

/** A retired kiosk cannot come back by itself, so its name is typed first. */
export function RevokeDialog(props: { kiosk: { id: string; name: string }; opened: boolean; onClose: () => void }) {
  const { kiosk } = props
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const form = useSubmit(async () => {
    await hub.kiosks.revoke({ kioskId: kiosk.id })
    await queries.invalidateQueries({ queryKey: ['kiosks'] })
    await queries.invalidateQueries({ queryKey: ['facilities'] })
    tellDone(`「${kiosk.name}」の端末の登録を取り消しました。`)
    setTyped('')
    props.onClose()
  })
  const same = typed.normalize('NFKC').trim() === kiosk.name.normalize('NFKC')
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="登録を取り消す"
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      <form onSubmit={form.submit}>
        <Stack>
          <Text size="sm">
            「{kiosk.name}」（{kiosk.id}
            ）の端末は、役場につながらなくなります。まだ送っていない利用記録は届かなくなります。これまでの集計は残ります。
          </Text>
          <TextInput
            label={`確かめのため、「${kiosk.name}」と入れてください`}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {form.error !== null && <Failure error={form.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              やめる
            </Button>
            <Button type="submit" color="#a90000" disabled={!same} loading={form.busy}>
              登録を取り消す
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
