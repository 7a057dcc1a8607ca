import { Badge, Button, Group, Table } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { auth } from '../api/auth.ts'
import { dateTime } from '../ui/dates.ts'
import { Failure, Waiting } from '../ui/page.tsx'
import { tellDone, tellFailure } from '../ui/tell.ts'
import { browserInWords } from './browser-words.ts'

export function Sessions() {
  const queries = useQueryClient()
  const here = useQuery({ queryKey: ['sessions', 'here'], queryFn: () => auth.session() })
  const all = useQuery({ queryKey: ['sessions', 'all'], queryFn: () => auth.sessions() })
  const end = useMutation({
    mutationFn: (token: string | null) => (token === null ? auth.endOtherSessions() : auth.endSession(token)),
    onSuccess: () => tellDone('サインインを終わらせました。'),
    onError: tellFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
  if (all.isPending || here.isPending) return <Waiting rows={2} />
  if (all.error) return <Failure error={all.error} again={() => void all.refetch()} />
  const hereId = here.data?.session.id
  return (
    <>
      <Table.ScrollContainer minWidth={600}>
        <Table className="plain-table" fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>ブラウザー</Table.Th>
              <Table.Th>アドレス</Table.Th>
              <Table.Th>サインインした日時</Table.Th>
              <Table.Th>操作</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.data.map((session) => (
              <Table.Tr key={session.id}>
                <Table.Td>{browserInWords(session.userAgent ?? '')}</Table.Td>
                <Table.Td>{session.ipAddress || 'わかりません'}</Table.Td>
                <Table.Td>{dateTime(Date.parse(session.createdAt))}</Table.Td>
                <Table.Td>
                  {session.id === hereId ? (
                    <Badge variant="light" c="town.9">
                      この画面
                    </Badge>
                  ) : (
                    <Button size="xs" variant="default" onClick={() => end.mutate(session.token)}>
                      終わらせる
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {all.data.length > 1 && (
        <Group mt="sm">
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(null)}>
            ほかのサインインをすべて終わらせる
          </Button>
        </Group>
      )}
    </>
  )
}
