import { mdiExitToApp, mdiRestart } from '@mdi/js'
import { useEffect, useState } from 'react'
import { useDevice } from '../../state/device-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from './key.tsx'
import { codeOf, useService } from './service-context.ts'

type Way = 'restart' | 'leave'
/** Longer than any restart; then the screen is the visitors' again, whatever became of it. */
const patienceMs = 60_000

const ways = [
  { way: 'restart', icon: mdiRestart, how: 'restartHow', sure: 'restartSure', doing: 'restarting' },
  { way: 'leave', icon: mdiExitToApp, how: 'leaveHow', sure: 'leaveSure', doing: 'leaving' },
] as const

/** Both are asked once more before they are done. */
export function PowerSection({ onDeparting, onBack }: { onDeparting(): void; onBack(): void }) {
  const { words, ask, token } = useService()
  const [asked, setAsked] = useState<Way | null>(null)
  const [state, setState] = useState<'choosing' | 'departing' | 'no-host' | 'failed'>('choosing')
  const depart = (way: Way) =>
    ask((calls) => calls[way]({ token })).then(
      () => {
        setState('departing')
        onDeparting()
      },
      (error: unknown) => setState(codeOf(error) === 'not-permitted' ? 'no-host' : 'failed'),
    )
  const chosen = ways.find(({ way }) => way === asked)
  if (state === 'departing' && chosen)
    return (
      <p className="service-how" role="status">
        {words[chosen.doing]}
        <BackAgain onBack={onBack} />
      </p>
    )
  if (chosen)
    return (
      <div className="power-sure" role="alertdialog" aria-labelledby="power-sure">
        <p id="power-sure" className="title">
          {words[chosen.sure]}
        </p>
        <p>{words[chosen.how]}</p>
        {state !== 'choosing' && <p role="status">{state === 'no-host' ? words.noHost : words.failed}</p>}
        <div className="power-acts">
          <Key name="power-cancel" className="action" onPress={() => setAsked(null)}>
            {words.cancel}
          </Key>
          <Key name={`${chosen.way}-sure`} className="action action-main" onPress={() => void depart(chosen.way)}>
            {words[chosen.way]}
          </Key>
        </div>
      </div>
    )
  return (
    <div className="power">
      {ways.map(({ way, icon, how }) => (
        <Key
          key={way}
          name={way}
          className="card power-way"
          onPress={() => {
            setState('choosing')
            setAsked(way)
          }}
        >
          <Icon path={icon} className="icon power-icon" />
          <span className="power-words">
            <span className="power-name">{words[way]}</span>
            <span>{words[how]}</span>
          </span>
        </Key>
      ))}
    </div>
  )
}

/** The kiosk process is back under a page that was not loaded again. */
function BackAgain({ onBack }: { onBack(): void }) {
  const connected = useDevice((device) => device.connected)
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (!connected) setLost(true)
    else if (lost) onBack()
  }, [connected, lost, onBack])
  useEffect(() => {
    const timer = setTimeout(onBack, patienceMs)
    return () => clearTimeout(timer)
  }, [onBack])
  return null
}
