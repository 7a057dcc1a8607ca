import { BarChart } from '@mantine/charts'
import type { Report } from '../../../contract/report.ts'
import { number } from '../ui/dates.ts'
import { chartOf } from './chart-data.ts'

/** The same figures to look at; the table above says them to everybody else, so the picture is hidden from readers. */
export function ReportChart({ report }: { report: Report }) {
  const chart = chartOf(report)
  return (
    <figure style={{ margin: 0 }} aria-label="利用件数のグラフ。数は上の表と同じです。">
      <div aria-hidden="true">
        <BarChart
          h={chart.kind === 'menus' ? 300 : 340}
          data={chart.data}
          dataKey={chart.dataKey}
          series={chart.series}
          type={chart.kind === 'stacked' ? 'stacked' : 'default'}
          withLegend={chart.series.length > 1}
          legendProps={{ verticalAlign: 'bottom', itemSorter: null }}
          valueFormatter={number}
          withTooltip
          tickLine="none"
          gridAxis="x"
          barProps={{ isAnimationActive: false, maxBarSize: 44 }}
          barChartProps={{ accessibilityLayer: false }}
          yAxisProps={{ width: 70, allowDecimals: false }}
          xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 2 }}
        />
      </div>
    </figure>
  )
}
