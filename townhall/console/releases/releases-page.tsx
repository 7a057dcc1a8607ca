import { Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { hub } from '../api/hub.ts'
import { dateTime, number, sizeInWords } from '../ui/dates.ts'
import { Card, Empty, Failure, Page, Waiting } from '../ui/page.tsx'

export function ReleasesPage() {
  const releases = useQuery({
    queryKey: ['releases'],
    queryFn: () => hub.releases.list(),
    refetchInterval: 10_000,
  })
  return (
    <Page title="公開の記録" lead="端末に送った内容の記録です。公開すると、つながっている端末には10秒ほどで届きます。">
      {releases.isPending ? (
        <Waiting />
      ) : releases.error && !releases.data ? (
        <Failure error={releases.error} again={() => void releases.refetch()} />
      ) : releases.data.releases.length === 0 ? (
        <Empty
          say="まだ何も公開していません。端末は、はじめから入っている内容を表示しています。"
          next={
            <Text size="sm" c="dimmed">
              公開するには、情報担当が content フォルダーの表をもとに「npm run town -- publish」を行います。
            </Text>
          }
        />
      ) : (
        <Card padding={0}>
          <Table.ScrollContainer minWidth={640}>
            <Table className="plain-table" verticalSpacing="sm" horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>公開</Table.Th>
                  <Table.Th>日時</Table.Th>
                  <Table.Th>公開した人</Table.Th>
                  <Table.Th className="figure">変わったファイル</Table.Th>
                  <Table.Th className="figure">大きさ</Table.Th>
                  <Table.Th className="figure">表示している端末</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {[...releases.data.releases]
                  .sort((a, b) => b.number - a.number)
                  .map((release) => (
                    <Table.Tr key={release.number}>
                      <Table.Th scope="row">第{release.number}版</Table.Th>
                      <Table.Td>{dateTime(release.publishedAtMs)}</Table.Td>
                      <Table.Td>{release.publishedBy}</Table.Td>
                      <Table.Td className="figure">{number(release.changedFiles)}</Table.Td>
                      <Table.Td className="figure">{sizeInWords(release.sizeBytes)}</Table.Td>
                      <Table.Td className="figure">{number(release.kiosksShowing)}台</Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Card>
      )}
    </Page>
  )
}
