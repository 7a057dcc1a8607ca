import { mdiAlertCircle, mdiAlertOutline } from '@mdi/js'
import type { RecentReport } from '../../../contract/maintenance.ts'
import { nowMs } from '../../state/device-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { ScrollPane } from '../../ui/scroll-pane.tsx'
import { momentText } from './moment-text.ts'
import { useService } from './service-context.ts'
import { codeWords, serviceWords } from './words.ts'

export function ErrorsSection({ recent }: { recent: readonly RecentReport[] }) {
  const { words } = useService()
  if (recent.length === 0) return <p className="service-how">{words.noErrors}</p>
  return (
    <ScrollPane className="service-errors">
      <ul>
        {recent.map((report) => (
          <li
            key={`${report.atMs}${report.code}${JSON.stringify(report.detail)}`}
            className={`report report-${report.level}`}
          >
            <Icon path={report.level === 'error' ? mdiAlertCircle : mdiAlertOutline} />
            <div>
              <p className="report-head">
                {words[`level_${report.level}`]}　<time>{momentText(report.atMs, nowMs())}</time>
              </p>
              <p>{(words === serviceWords.ja && codeWords[report.code]) || report.code}</p>
              <p className="report-detail" lang="en">
                {Object.entries({ code: report.code, ...report.detail })
                  .map(([key, value]) => `${key}: ${value}`)
                  .join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </ScrollPane>
  )
}
