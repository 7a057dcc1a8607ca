import { Table } from '@mantine/core'
import type { ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import { Card } from '../../ui/page.tsx'
import { placeInWords, severityWords } from '../library-words.ts'

/** What could not be read of the folder or of a file that was handed in, each with its place and its reason. */
export function ProblemsCard({ title, problems }: { title: string; problems: ShelfDesk['problems'] }) {
  if (problems.length === 0) return null
  return (
    <Card title={title}>
      <Table.ScrollContainer minWidth={640}>
        <Table className="plain-table" verticalSpacing="xs" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>ファイル</Table.Th>
              <Table.Th>場所</Table.Th>
              <Table.Th>どうしたか</Table.Th>
              <Table.Th>わけ</Table.Th>
              <Table.Th>書かれていたもの</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.slice(0, 200).map((problem, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines without identity
              <Table.Tr key={at}>
                <Table.Td>{problem.file.split('/').at(-1)}</Table.Td>
                <Table.Td>{placeInWords(problem)}</Table.Td>
                <Table.Td>{severityWords[problem.severity]}</Table.Td>
                <Table.Td>{problem.reason}</Table.Td>
                <Table.Td>{problem.value ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}
