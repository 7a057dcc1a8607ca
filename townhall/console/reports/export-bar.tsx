import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import { mdiDownload } from '@mdi/js'
import { useState } from 'react'
import type { Report, ReportFormat, ReportLayout } from '../../../contract/report.ts'
import { hub } from '../api/hub.ts'
import { Icon } from '../ui/icon.tsx'
import { saveFile } from '../ui/save-file.ts'
import { tellDone, tellFailure } from '../ui/tell.ts'

const formats: { format: ReportFormat; label: string; title: string }[] = [
  { format: 'csv', label: 'CSV（UTF-8）', title: '新しいExcelやほかのソフトに' },
  { format: 'csv-cp932', label: 'CSV（CP932）', title: '古いExcelや庁内のシステムに' },
  { format: 'xlsx', label: 'Excel', title: '数は数値のまま入ります' },
  { format: 'json', label: 'JSON', title: 'プログラムで使うときに' },
]

export function ExportBar({ report }: { report: Report }) {
  const [layout, setLayout] = useState<ReportLayout>('table')
  const [busy, setBusy] = useState<ReportFormat | null>(null)

  async function save(format: ReportFormat) {
    setBusy(format)
    try {
      const file = await hub.reports.export({ ...report.query, format, layout })
      saveFile(file)
      tellDone(`「${file.name}」を書き出しました。`)
    } catch (error) {
      tellFailure(error)
    } finally {
      setBusy(null)
    }
  }

  return (
    <Group gap="md" role="group" aria-label="書き出し">
      <Text size="sm" fw={600}>
        書き出し
      </Text>
      <SegmentedControl
        size="xs"
        value={layout}
        onChange={(value) => setLayout(value === 'rows' ? 'rows' : 'table')}
        aria-label="書き出す形"
        data={[
          { value: 'table', label: '表の形' },
          { value: 'rows', label: '1行1値' },
        ]}
      />
      <Group gap={6}>
        {formats.map(({ format, label, title }) => (
          <Button
            key={format}
            variant="default"
            size="xs"
            title={title}
            loading={busy === format}
            leftSection={<Icon path={mdiDownload} size={16} />}
            onClick={() => void save(format)}
          >
            {label}
          </Button>
        ))}
      </Group>
    </Group>
  )
}
