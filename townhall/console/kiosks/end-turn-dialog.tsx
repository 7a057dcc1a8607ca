import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { hub } from '../api/hub.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'
import { tellDone } from '../ui/tell.ts'

type Props = {
  kiosk: { id: string; name: string }
  /** null: nothing is asked. */
  turn: string | null
  onClose: () => void
}

/** Somebody stands at the kiosk and loses what he was doing: asked once more. */
export function EndTurnDialog({ kiosk, turn, onClose }: Props) {
  const queries = useQueryClient()
  const form = useSubmit(async () => {
    if (turn === null) return
    await hub.internet.endTurn({ kioskId: kiosk.id, turn })
    await queries.invalidateQueries({ queryKey: ['kiosks', kiosk.id] })
    tellDone(`「${kiosk.name}」の端末に、体験インターネットを終わらせるよう伝えました。`)
    onClose()
  })
  return (
    <Modal
      opened={turn !== null}
      onClose={onClose}
      title="体験インターネットを終わらせる"
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      <form onSubmit={form.submit}>
        <Stack>
          <Text size="sm">
            「{kiosk.name}
            」の端末で、いまの人の体験インターネットを終わらせます。書きかけのものは消えます。画面には、職員が終わらせたことが出ます。
          </Text>
          {form.error !== null && <Failure error={form.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              やめる
            </Button>
            <Button type="submit" color="#a90000" loading={form.busy}>
              終わらせる
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
