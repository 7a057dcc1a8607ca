import type { ServiceView } from '../../../contract/maintenance.ts'
import { nowMs, useDevice } from '../../state/device-store.ts'
import { LocalText } from '../../ui/local-text.tsx'
import { Key } from './key.tsx'
import { momentText } from './moment-text.ts'
import { useService } from './service-context.ts'
import { useWork } from './use-work.ts'
import { durationText, fill, type ServiceWords } from './words.ts'

const rightWithinMs = 2_000

export function StatusSection({ view }: { view: ServiceView }) {
  const { words } = useService()
  const device = useDevice((known) => known.state)
  const { status, hub } = view
  const facts: [string, React.ReactNode][] = [
    [words.facility, device && <LocalText text={device.config.facility.name} />],
    [words.kioskName, hub?.kioskId ?? words.notEnrolled],
    [words.version, fill(words.versionText, { software: status.softwareVersion, contract: status.contractVersion })],
    [words.programs, programsText(view)],
    [words.release, status.releaseNumber],
    [words.line, device && words[`line_${device.line}`]],
    [words.hub, hub?.url ?? words.none],
    [words.queue, fill(words.queueText, { n: status.outboxDepth })],
    [words.oldest, status.oldestUnsentAtMs === null ? words.none : momentText(status.oldestUnsentAtMs, nowMs())],
    [words.disk, status.freeDiskBytes === null ? words.unknown : `${(status.freeDiskBytes / 1e9).toFixed(1)} GB`],
    [words.uptime, durationText(words, status.uptimeMs)],
    [words.clock, clockText(words, status.clockOffsetMs)],
    [words.screen, `${window.innerWidth} × ${window.innerHeight}`],
  ]
  return (
    <div className="service-status">
      <dl className="service-facts">
        {facts.map(([name, value]) => (
          <div key={name} className="service-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <LineWork />
    </div>
  )
}

/** Both kinds of work on the line; each says what came of it in a sentence. */
function LineWork() {
  const { words, ask, token } = useService()
  const [sending, send] = useWork<string>()
  const [testing, test] = useWork<string>()
  const sendNow = () =>
    ask((calls) => calls.sendNow({ token })).then(
      ({ outboxDepth }) => (outboxDepth === 0 ? words.sent : fill(words.notSent, { n: outboxDepth })),
      () => words.failed,
    )
  const testLine = () =>
    ask((calls) => calls.testLine({ token })).then(
      ({ outcome, roundTripMs }) =>
        ({
          answers: fill(words.answers, { n: roundTripMs ?? 0 }),
          unreachable: words.unreachable,
          'not-enrolled': words.notEnrolled,
        })[outcome],
      () => words.failed,
    )
  const works = [
    { name: 'send-now', label: words.sendNow, doing: words.sending, work: sending, begin: () => send(sendNow) },
    { name: 'test-line', label: words.testLine, doing: words.testing, work: testing, begin: () => test(testLine) },
  ]
  return (
    <div className="service-works">
      {works.map(({ name, label, doing, work, begin }) => (
        <div key={name} className="service-work">
          <Key name={name} className="action" disabled={work.kind === 'under-way'} onPress={begin}>
            {label}
          </Key>
          <p role="status" data-name={`${name}-said`}>
            {work.kind === 'under-way' && fill(doing, { n: work.seconds })}
            {work.kind === 'done' && work.result}
          </p>
        </div>
      ))}
    </div>
  )
}

function programsText({ status, versions }: ServiceView): string {
  const browser = /Chrome\/(\d+)/.exec(navigator.userAgent)?.[1]
  const parts = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [...(browser && !versions.chrome ? [`${status.host} (Chrome ${browser})`] : [status.host]), ...parts].join(
    '、',
  )
}

function clockText(words: ServiceWords, offsetMs: number | null): string {
  if (offsetMs === null) return words.clockUnknown
  return Math.abs(offsetMs) <= rightWithinMs
    ? words.clockRight
    : fill(words.clockOff, { time: durationText(words, offsetMs) })
}
