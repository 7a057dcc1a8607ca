import { Table } from '@mantine/core'
import type { ImportReport } from '../../../contract/library/import-report.ts'
import { placeInWords, severityWords } from './library-words.ts'

type Line = ImportReport['notices'][number] & { file?: string }

const order = ['refused', 'repaired', 'note'] as const
const mostLines = 200

/** What was wrong and where, the worst first; with the file where it may be one of several. */
export function NoticesTable({ notices }: { notices: readonly Line[] }) {
  const ofFiles = notices.some(({ file }) => file !== undefined)
  const sorted = [...notices].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table className="plain-table" verticalSpacing="xs" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            {ofFiles && <Table.Th>ファイル</Table.Th>}
            <Table.Th>場所</Table.Th>
            <Table.Th>どうしたか</Table.Th>
            <Table.Th>わけ</Table.Th>
            <Table.Th>書かれていたもの</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.slice(0, mostLines).map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines without identity
            <Table.Tr key={at}>
              {ofFiles && <Table.Td>{line.file?.split('/').at(-1)}</Table.Td>}
              <Table.Td>{placeInWords(line)}</Table.Td>
              <Table.Td>{severityWords[line.severity]}</Table.Td>
              <Table.Td>{line.reason}</Table.Td>
              <Table.Td>{line.value ?? ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
