import { Alert, Button, Group, NativeSelect, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { ListColumns } from './use-list-columns.ts'

/** What most lists have; the others on request. */
const usual = new Set([
  ...['id', 'title', 'titleReading', 'volume', 'authors', 'authorsReading', 'publisher', 'year', 'isbn', 'ndc'],
  ...['callNumber', 'item', 'kind', 'branch', 'shelf', 'readingRoomOnly'],
])

/** Which column of the list is which of ours: asked where its names say nothing, and changed where they say something else. */
export function ColumnMap({ columns }: { columns: ListColumns }) {
  const [looking, setLooking] = useState(false)
  const { table } = columns
  if (table === null) return null
  const known = table.fields.filter(({ field }) => columns.columnOf(field) !== null).length
  if (table.understood && !looking)
    return (
      <Group gap="md" justify="space-between">
        <Text size="sm">列の名前は読めました（{known} の項目）。</Text>
        <Button variant="default" size="xs" onClick={() => setLooking(true)}>
          列を見なおす
        </Button>
      </Group>
    )
  return (
    <Stack gap="sm">
      {!table.understood && (
        <Alert color="yellow" variant="light" title="列の名前がわかりません" styles={{ title: { color: '#5c4600' } }}>
          <Text size="sm">どの列が何かを選んでください。次からは、同じ見出しのファイルを同じように読みます。</Text>
        </Alert>
      )}
      <FirstRows headings={table.headings} rows={table.rows} />
      <Fields columns={columns} table={table} />
    </Stack>
  )
}

function FirstRows({ headings, rows }: { headings: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <Table.ScrollContainer minWidth={Math.max(480, headings.length * 110)}>
      <Table className="plain-table" verticalSpacing={4} horizontalSpacing="sm" aria-label="ファイルのはじめの行">
        <Table.Thead>
          <Table.Tr>
            {headings.map((heading, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
              <Table.Th key={at}>{heading}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
            <Table.Tr key={row}>
              {headings.map((_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                <Table.Td key={at}>{cells[at] ?? ''}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Fields({ columns, table }: { columns: ListColumns; table: NonNullable<ListColumns['table']> }) {
  const [all, setAll] = useState(false)
  const names = [...new Set(table.headings.filter((heading) => heading.trim() !== ''))]
  // Also those of the others that have a column already.
  const shown = table.fields.filter(({ field, column }) => all || usual.has(field) || column !== null)
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }} spacing="sm" verticalSpacing="xs">
        {shown.map(({ field, name }) => (
          <NativeSelect
            key={field}
            label={name}
            withAsterisk={field === 'title'}
            data={[{ value: '', label: '（なし）' }, ...names]}
            value={columns.columnOf(field) ?? ''}
            onChange={({ currentTarget }) => columns.choose(field, currentTarget.value || null)}
          />
        ))}
      </SimpleGrid>
      {shown.length < table.fields.length && (
        <Button variant="subtle" size="xs" w="fit-content" onClick={() => setAll(true)}>
          ほかの項目も出す
        </Button>
      )}
    </>
  )
}
