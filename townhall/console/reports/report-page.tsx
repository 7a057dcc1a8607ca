import { Button, Group, NativeSelect, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Report } from '../../../contract/report.ts'
import { hub } from '../api/hub.ts'
import { goTo, linkTo, useAddress } from '../app/route.ts'
import { dateTime } from '../ui/dates.ts'
import { Card, Empty, Failure, Page, Waiting } from '../ui/page.tsx'
import { ExportBar } from './export-bar.tsx'
import { type AskedReport, readAddress, writeAddress, type YearsHeld, yearChoices, yearName } from './report-address.ts'
import { ReportTable } from './report-table.tsx'

// The drawing library weighs as much as the rest: the table does not wait for it.
const ReportChart = lazy(async () => ({ default: (await import('./report-chart.tsx')).ReportChart }))

const kinds = [
  { value: 'menu', label: '年度別' },
  { value: 'month', label: '月別' },
  { value: 'kiosk', label: '端末別' },
]

export function ReportPage() {
  const years = useQuery({ queryKey: ['reports', 'years'], queryFn: () => hub.reports.years() })
  return (
    <Page title="利用集計" lead="端末のメニューが開かれた回数です。年度は4月から翌年3月までです。">
      {years.isPending ? (
        <Waiting />
      ) : years.error ? (
        <Failure error={years.error} again={() => void years.refetch()} />
      ) : (
        <AskedYears held={years.data} />
      )}
    </Page>
  )
}

function AskedYears({ held }: { held: YearsHeld }) {
  const asked = readAddress(useAddress().searchParams, held)
  const report = useQuery({
    queryKey: ['reports', 'view', asked],
    queryFn: () => hub.reports.view({ fiscalYear: asked.from, toFiscalYear: asked.to, by: asked.by }),
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  })
  return (
    <Stack gap="md">
      <Choices held={held} asked={asked} />
      {report.data ? (
        <Shown report={report.data} />
      ) : report.error ? (
        <Failure error={report.error} again={() => void report.refetch()} />
      ) : (
        <Waiting rows={9} />
      )}
    </Stack>
  )
}

function Choices({ held, asked }: { held: YearsHeld; asked: AskedReport }) {
  const data = yearChoices(held).map((year) => ({ value: `${year}`, label: yearName(year) }))
  const ask = (change: Partial<AskedReport>) => goTo(writeAddress({ ...asked, ...change }))
  return (
    <Group align="flex-end" gap="md">
      <NativeSelect
        label="はじめの年度"
        data={data}
        value={`${asked.from}`}
        onChange={(event) => {
          const from = Number(event.currentTarget.value)
          ask({ from, to: Math.max(from, asked.to) })
        }}
      />
      <NativeSelect
        label="おわりの年度"
        data={data}
        value={`${asked.to}`}
        onChange={(event) => {
          const to = Number(event.currentTarget.value)
          ask({ to, from: Math.min(to, asked.from) })
        }}
      />
      <SegmentedControl
        aria-label="列の分け方"
        data={kinds}
        value={asked.by}
        onChange={(value) => ask({ by: value === 'month' || value === 'kiosk' ? value : 'menu' })}
      />
    </Group>
  )
}

function Shown({ report }: { report: Report }) {
  if (report.columns.length === 0)
    return (
      <Empty
        say="この年度に登録されていた端末がありません。"
        next={
          <Button component="a" {...linkTo('/kiosks')}>
            端末を登録する
          </Button>
        }
      />
    )
  return (
    <>
      <Card>
        <ReportTable report={report} />
        <Group justify="space-between" mt="md" gap="sm">
          <ExportBar report={report} />
          <Text size="xs" c="dimmed">
            {dateTime(report.asOfMs)} 現在
          </Text>
        </Group>
      </Card>
      {report.grandTotal > 0 ? (
        <Card title="グラフ">
          <Suspense fallback={<Skeleton height={300} />}>
            <ReportChart report={report} />
          </Suspense>
        </Card>
      ) : (
        <Empty
          say="この期間の利用はまだありません。端末が動いているか、確かめられます。"
          next={
            <Button component="a" variant="default" {...linkTo('/kiosks')}>
              端末を見る
            </Button>
          }
        />
      )}
    </>
  )
}
