import { Button, Group, Modal, Stack, Text } from '@mantine/core'

/** Disabling ends the person's sessions at once, so it is asked about; enabling again is one press. */
export function ConfirmDisable<Member extends { name: string; email: string }>(props: {
  member: Member | null
  self: boolean
  onClose: () => void
  onConfirm: (member: Member) => void
}) {
  const { member } = props
  return (
    <Modal
      opened={member !== null}
      onClose={props.onClose}
      title="使えないようにする"
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      {member && (
        <Stack>
          <Text size="sm">
            {member.name}さん（{member.email}
            ）は、すぐにサインアウトされ、サインインできなくなります。あとで使えるように戻せます。
          </Text>
          {props.self && (
            <Text size="sm" fw={600} c="#a90000">
              これはあなた自身です。
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              やめる
            </Button>
            <Button color="#a90000" onClick={() => props.onConfirm(member)}>
              使えないようにする
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
