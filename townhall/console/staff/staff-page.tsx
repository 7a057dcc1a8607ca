import { Badge, Button, NativeSelect, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { mdiAccountPlusOutline } from '@mdi/js'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Role, roleNamesJa, roleSchema, roles } from '../../../contract/hub-api.ts'
import { hub } from '../api/hub.ts'
import { useMe } from '../api/queries.ts'
import { dateTime } from '../ui/dates.ts'
import { Icon } from '../ui/icon.tsx'
import { Card, Failure, Page, Waiting } from '../ui/page.tsx'
import { tellDone, tellFailure } from '../ui/tell.ts'
import { ConfirmDisable } from './confirm-disable.tsx'
import { InviteDialog } from './invite-dialog.tsx'

type Member = Awaited<ReturnType<typeof hub.staff.list>>['staff'][number]

export function StaffPage() {
  const [inviting, invite] = useDisclosure(false)
  const list = useQuery({ queryKey: ['staff'], queryFn: () => hub.staff.list() })
  return (
    <Page
      title="職員"
      lead="この画面を使える人と、その役割です。"
      act={
        <Button leftSection={<Icon path={mdiAccountPlusOutline} />} onClick={invite.open}>
          職員を招待する
        </Button>
      }
    >
      {list.isPending ? (
        <Waiting />
      ) : list.error ? (
        <Failure error={list.error} again={() => void list.refetch()} />
      ) : (
        <Card padding={0}>
          <StaffTable staff={list.data.staff} />
        </Card>
      )}
      <InviteDialog opened={inviting} onClose={invite.close} />
    </Page>
  )
}

function StaffTable({ staff }: { staff: Member[] }) {
  const me = useMe()
  const queries = useQueryClient()
  const [disabling, setDisabling] = useState<Member | null>(null)
  const renew = () => queries.invalidateQueries({ queryKey: ['staff'] })
  const setRole = useMutation({
    mutationFn: (change: { member: Member; role: Role }) =>
      hub.staff.setRole({ id: change.member.id, role: change.role }),
    onSuccess: (_, { member, role }) => tellDone(`${member.name}さんの役割を「${roleNamesJa[role]}」にしました。`),
    onError: tellFailure,
    onSettled: renew,
  })
  const setDisabled = useMutation({
    mutationFn: (change: { member: Member; disabled: boolean }) =>
      hub.staff.setDisabled({ id: change.member.id, disabled: change.disabled }),
    onSuccess: (_, { member, disabled }) =>
      tellDone(
        disabled ? `${member.name}さんを使えないようにしました。` : `${member.name}さんを使えるようにしました。`,
      ),
    onError: tellFailure,
    onSettled: renew,
  })
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table className="plain-table" verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>名前</Table.Th>
            <Table.Th>役割</Table.Th>
            <Table.Th>2段階認証</Table.Th>
            <Table.Th>最後のサインイン</Table.Th>
            <Table.Th>状態</Table.Th>
            <Table.Th>操作</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {staff.map((member) => (
            <Table.Tr key={member.id}>
              <Table.Th scope="row">
                {member.name}
                {member.id === me?.id && '（自分）'}
                <Text size="xs" c="dimmed" fw={400}>
                  {member.email}
                </Text>
              </Table.Th>
              <Table.Td>
                <NativeSelect
                  size="xs"
                  w={110}
                  aria-label={`${member.name}さんの役割`}
                  data={roles.map((role) => ({ value: role, label: roleNamesJa[role] }))}
                  value={member.role}
                  disabled={member.disabled || setRole.isPending}
                  onChange={(event) => {
                    const role = roleSchema.safeParse(event.currentTarget.value)
                    if (role.success) setRole.mutate({ member, role: role.data })
                  }}
                />
              </Table.Td>
              <Table.Td>{member.twoFactor ? 'あり' : 'なし'}</Table.Td>
              <Table.Td>{member.lastSignInAtMs === null ? 'まだありません' : dateTime(member.lastSignInAtMs)}</Table.Td>
              <Table.Td>
                <Badge
                  variant="light"
                  color={member.disabled ? 'gray' : 'town'}
                  c={member.disabled ? 'dark' : 'town.9'}
                >
                  {member.disabled ? '使えない' : '使える'}
                </Badge>
              </Table.Td>
              <Table.Td>
                {member.disabled ? (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`${member.name}さんを使えるようにする`}
                    onClick={() => setDisabled.mutate({ member, disabled: false })}
                  >
                    使えるようにする
                  </Button>
                ) : (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`${member.name}さんを使えないようにする`}
                    onClick={() => setDisabling(member)}
                  >
                    使えないようにする
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ConfirmDisable
        member={disabling}
        self={disabling?.id === me?.id}
        onClose={() => setDisabling(null)}
        onConfirm={(member) => {
          setDisabling(null)
          setDisabled.mutate({ member, disabled: true })
        }}
      />
    </Table.ScrollContainer>
  )
}
