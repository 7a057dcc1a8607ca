import { Alert, Stack, Text } from '@mantine/core'
import type { ImportReport } from '../../../contract/library/import-report.ts'
import { actorInWords } from '../audit/act-words.ts'
import { dateTime } from '../ui/dates.ts'
import { Card } from '../ui/page.tsx'
import { readingsInWords, resultInWords } from './library-words.ts'
import { NoticesTable } from './notices-table.tsx'

/** The last catalogue that was handed in: what became of it, and what was wrong with it, line by line. */
export function LastImport({ report }: { report: ImportReport }) {
  return (
    <Card title="最後に渡された一覧">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {dateTime(report.atMs)}　{report.from}　{actorInWords(report.actor)}
        </Text>
        <Outcome report={report} />
        {report.notices.length > 0 && <NoticesTable notices={report.notices} />}
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
