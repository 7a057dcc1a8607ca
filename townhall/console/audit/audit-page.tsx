import { Button, Group, Table } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { hub } from '../api/hub.ts'
import { dateTime } from '../ui/dates.ts'
import { Card, Empty, Failure, Page, Waiting } from '../ui/page.tsx'
import { actInWords, actorInWords, detailInWords, subjectInWords } from './act-words.ts'

export function AuditPage() {
  const audit = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => hub.audit.list({ limit: 50, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.more ? (page.entries.at(-1)?.id ?? null) : null),
  })
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Page title="操作の記録" lead="だれが、いつ、何をしたかの記録です。消したり書きかえたりはできません。">
      {audit.isPending ? (
        <Waiting rows={10} />
      ) : audit.error && entries.length === 0 ? (
        <Failure error={audit.error} again={() => void audit.refetch()} />
      ) : entries.length === 0 ? (
        <Empty say="記録はまだありません。" />
      ) : (
        <Card padding={0}>
          <Table.ScrollContainer minWidth={760}>
            <Table className="plain-table" verticalSpacing={6} horizontalSpacing="md" fz="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>日時</Table.Th>
                  <Table.Th>だれが</Table.Th>
                  <Table.Th>何をした</Table.Th>
                  <Table.Th>対象</Table.Th>
                  <Table.Th>くわしく</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {entries.map((entry) => (
                  <Table.Tr key={entry.id}>
                    <Table.Td style={{ whiteSpace: 'nowrap' }}>{dateTime(entry.atMs)}</Table.Td>
                    <Table.Td>{actorInWords(entry.actor)}</Table.Td>
                    <Table.Td>{actInWords(entry.act)}</Table.Td>
                    <Table.Td>{subjectInWords(entry.subject)}</Table.Td>
                    <Table.Td>{detailInWords(entry.act, entry.detail)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {audit.hasNextPage && (
            <Group justify="center" p="md">
              <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                前の記録も見る
              </Button>
            </Group>
          )}
        </Card>
      )}
    </Page>
  )
}
