import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { RunningImport } from '../../../contract/library/hub-view.ts'
import { hub } from '../api/hub.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'

type Props = { running: RunningImport; opened: boolean; onClose: () => void }

/** A list of many titles is read for minutes: asked once more. */
export function CancelDialog({ running, opened, onClose }: Props) {
  const queries = useQueryClient()
  const form = useSubmit(async () => {
    await hub.library.cancelImport({ id: running.id })
    await queries.invalidateQueries({ queryKey: ['library'] })
    onClose()
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="中止しますか"
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      <form onSubmit={form.submit}>
        <Stack>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            「{running.from}
            」を読むのを途中でやめます。いまの蔵書はそのままで、途中まで読んだものは残りません。あとで、もう一度渡せます。
          </Text>
          {form.error !== null && <Failure error={form.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              読みつづける
            </Button>
            <Button type="submit" color="#a90000" loading={form.busy}>
              中止する
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
