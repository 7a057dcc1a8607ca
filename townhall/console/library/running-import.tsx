import { Button, Group, Loader, Progress, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { RunningImport as Running } from '../../../contract/library/hub-view.ts'
import { actorInWords } from '../audit/act-words.ts'
import { number, spanInWords } from '../ui/dates.ts'
import { Card } from '../ui/page.tsx'
import { CancelDialog } from './cancel-dialog.tsx'

type Props = { running: Running; nowMs: number; mayCancel: boolean }

/** The list that is being read now: how far it is, and the way to end it. */
export function RunningImport({ running, nowMs, mayCancel }: Props) {
  const [asked, dialog] = useDisclosure(false)
  const { from, titles, of, cancelledBy } = running
  const isCounted = of !== null && of > 0
  return (
    <Card>
      <Stack gap="sm">
        <Group gap="md" justify="space-between" wrap="nowrap">
          <Group role="status" gap="md" wrap="nowrap">
            <Loader size="sm" />
            <Text style={{ overflowWrap: 'anywhere' }}>
              {cancelledBy === null
                ? `「${from}」を読んでいます（${spanInWords(nowMs - running.startedAtMs)}たちました${titles > 0 && !isCounted ? `。${number(titles)} タイトルまで読みました` : ''}）。`
                : `「${from}」を中止しています（${actorInWords(cancelledBy)}）。`}
            </Text>
          </Group>
          {mayCancel && cancelledBy === null && (
            <Button variant="default" onClick={dialog.open} style={{ flexShrink: 0 }}>
              中止する
            </Button>
          )}
        </Group>
        {isCounted && cancelledBy === null && (
          <Group gap="md" wrap="nowrap">
            <Progress value={(titles / of) * 100} flex={1} aria-label="どこまで読んだか" />
            <Text size="sm" c="dimmed" className="figure">
              {number(titles)} / {number(of)} タイトル
            </Text>
          </Group>
        )}
      </Stack>
      <CancelDialog running={running} opened={asked} onClose={dialog.close} />
    </Card>
  )
}
