import { Stack, Table, Text } from '@mantine/core'
import type { LibraryOfHub } from '../../../contract/library/hub-view.ts'
import { number } from '../ui/dates.ts'
import { Card } from '../ui/page.tsx'

/** What visitors would read as it stands in the library's list, until somebody gives it a name. */
export function UnknownPlaces({ all, first }: LibraryOfHub['unknownPlaces']) {
  return (
    <Card title="名前のわからない館と棚">
      <Stack gap="sm">
        <Text size="sm">
          蔵書の一覧にあって、図書館の設定（館は branches.csv、棚は
          shelves.csv）にない言葉です。端末には、この言葉のまま出ます。
        </Text>
        <Table.ScrollContainer minWidth={520}>
          <Table className="plain-table" verticalSpacing="xs" horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>言葉</Table.Th>
                <Table.Th>列</Table.Th>
                <Table.Th className="figure">冊数</Table.Th>
                <Table.Th>たとえば</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {first.map(({ column, value, copies, example }) => (
                <Table.Tr key={`${column} ${value}`}>
                  <Table.Td>{value}</Table.Td>
                  <Table.Td>{column}</Table.Td>
                  <Table.Td className="figure">{number(copies)}</Table.Td>
                  <Table.Td>{example ?? ''}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {all > first.length && (
          <Text size="sm" c="dimmed">
            ほかに {number(all - first.length)} あります。
          </Text>
        )}
      </Stack>
    </Card>
  )
}
