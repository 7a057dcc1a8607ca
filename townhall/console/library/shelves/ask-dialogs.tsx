import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import type { Merge } from './decide-merge.ts'

const mostNamed = 12

/** Somebody else saved first: nothing is written over, and nothing drawn here is lost. */
export function ConflictDialog(props: {
  merge: Merge | null
  onKeep: () => void
  onDrop: () => void
  onClose: () => void
}) {
  const { merge } = props
  return (
    <Modal
      opened={merge !== null}
      onClose={props.onClose}
      title="ほかの人が先に棚を保存しました"
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      {merge && (
        <Stack>
          <Text size="sm">あなたの変更は、まだ保存していません。どうするかを選んでください。</Text>
          <Codes say="ほかの人だけが変えた棚（取りこみます）" codes={merge.theirs} />
          <Codes say="二人とも変えた棚（取りこむと、あなたの描いたものが残ります）" codes={merge.both} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={props.onClose}>
              あとで決める
            </Button>
            <Button variant="outline" color="#a90000" onClick={props.onDrop}>
              わたしの変更を捨てる
            </Button>
            <Button onClick={props.onKeep}>取りこんで続ける</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

function Codes({ say, codes }: { say: string; codes: readonly string[] }) {
  if (codes.length === 0) return null
  const named = codes.slice(0, mostNamed).join('、')
  return (
    <List size="sm">
      <List.Item>
        {say}：{named}
        {codes.length > mostNamed && ` ほか ${codes.length - mostNamed}`}
      </List.Item>
    </List>
  )
}

export function LeaveDialog(props: { opened: boolean; changes: number; onStay: () => void; onLeave: () => void }) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onStay}
      title="保存していない変更があります"
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      <Stack>
        <Text size="sm">このまま離れると、保存していない {props.changes} 件の変更がなくなります。</Text>
        <Group justify="flex-end">
          <Button variant="outline" color="#a90000" onClick={props.onLeave}>
            捨てて離れる
          </Button>
          <Button onClick={props.onStay}>このページにもどる</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
