import { Alert, Stack, Table, Text } from '@mantine/core'
import type { ImportReport } from '../../../contract/library/import-report.ts'
import { actorInWords } from '../audit/act-words.ts'
import { dateTime } from '../ui/dates.ts'
import { Card } from '../ui/page.tsx'
import { placeInWords, readingsInWords, resultInWords, severityWords } from './library-words.ts'

/** The last catalogue that was handed in: what became of it, and what was wrong with it, line by line. */
export function LastImport({ report }: { report: ImportReport }) {
  return (
    <Card title="最後に渡された一覧">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {dateTime(report.atMs)}　{report.from}　{actorInWords(report.actor)}
        </Text>
        <Outcome report={report} />
        {report.notices.length > 0 && <Notices notices={report.notices} />}
      </Stack>
    </Card>
  )
}

function Outcome({ report }: { report: ImportReport }) {
  const readings = readingsInWords(report.readings)
  if (report.cancelledBy !== undefined)
    return (
      <Alert color="gray" variant="light" title={`中止しました（${actorInWords(report.cancelledBy)}）`}>
        <Text size="sm">{report.refusal}</Text>
      </Alert>
    )
  if (report.refusal !== null)
    return (
      <Alert color="red" variant="light" title="受け取っていません" styles={{ title: { color: '#8b0000' } }}>
        <Text size="sm">{report.refusal}</Text>
      </Alert>
    )
  return (
    <Stack gap={4}>
      <Text>{resultInWords(report)}</Text>
      {readings !== null && (
        <Text size="sm" c="dimmed">
          {readings}
        </Text>
      )}
    </Stack>
  )
}

function Notices({ notices }: Pick<ImportReport, 'notices'>) {
  const order = ['refused', 'repaired', 'note'] as const
  const sorted = [...notices].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table className="plain-table" verticalSpacing="xs" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>場所</Table.Th>
            <Table.Th>どうしたか</Table.Th>
            <Table.Th>わけ</Table.Th>
            <Table.Th>書かれていたもの</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map((notice, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines without identity
            <Table.Tr key={at}>
              <Table.Td>{placeInWords(notice)}</Table.Td>
              <Table.Td>{severityWords[notice.severity]}</Table.Td>
              <Table.Td>{notice.reason}</Table.Td>
              <Table.Td>{notice.value ?? ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
