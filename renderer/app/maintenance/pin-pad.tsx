import { mdiArrowLeft, mdiBackspaceOutline, mdiLockOpenVariantOutline, mdiWrenchOutline } from '@mdi/js'
import { useEffect, useRef, useState } from 'react'
import type { PinAnswer } from '../../../contract/maintenance.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from './key.tsx'
import { useService } from './service-context.ts'
import { durationText, fill } from './words.ts'

/** Nobody at the pad for so long: the first screen again. */
const abandonedMs = 30_000
const longestPin = 12
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

type Said = { kind: 'nothing' | 'looking' | 'lost' } | { kind: 'wrong'; triesLeft: number } | { kind: 'locked-out' }

export function PinPad({ onOpened, onClose }: { onOpened(token: string): void; onClose(): void }) {
  const { words, ask } = useService()
  const [pin, setPin] = useState('')
  const [said, setSaid] = useState<Said>({ kind: 'nothing' })
  const [waitUntilMs, setWaitUntilMs] = useState(0)
  const [nowMs, setNowMs] = useState(performance.now())
  const touchedMs = useRef(performance.now())
  const waitMs = Math.max(0, waitUntilMs - nowMs)

  useEffect(() => {
    const timer = setInterval(() => {
      setNowMs(performance.now())
      if (performance.now() - touchedMs.current >= abandonedMs) onClose()
    }, 250)
    return () => clearInterval(timer)
  }, [onClose])
  useEffect(() => {
    void ask((calls) => calls.door()).then(
      (door) => {
        setWaitUntilMs(performance.now() + door.waitMs)
        if (door.state === 'locked-out') setSaid({ kind: 'locked-out' })
      },
      () => setSaid({ kind: 'lost' }),
    )
  }, [ask])

  function take(answer: PinAnswer): void {
    if (answer.state === 'opened') {
      onOpened(answer.token)
      return
    }
    const waitsMs = answer.state === 'wrong' ? answer.waitMs : answer.door.waitMs
    const locked = answer.state === 'wrong' ? answer.triesLeft === 0 : answer.door.state === 'locked-out'
    setWaitUntilMs(performance.now() + waitsMs)
    if (locked) setSaid({ kind: 'locked-out' })
    else setSaid(answer.state === 'wrong' ? { kind: 'wrong', triesLeft: answer.triesLeft } : { kind: 'nothing' })
  }

  function tryIt(): void {
    setSaid({ kind: 'looking' })
    setPin('')
    void ask((calls) => calls.open({ pin })).then(take, () => setSaid({ kind: 'lost' }))
  }

  const busy = said.kind === 'looking' || waitMs > 0
  const sentence = {
    nothing: '',
    looking: words.looking,
    lost: words.lost,
    wrong: said.kind === 'wrong' ? fill(words.wrong, { n: said.triesLeft }) : '',
    // Once the wait is over there is nothing more to say.
    'locked-out': waitMs > 0 ? words.lockedOut : '',
  }[said.kind]
  return (
    <div
      className="pin"
      onPointerDownCapture={() => {
        touchedMs.current = performance.now()
      }}
    >
      <div className="pin-head">
        <Icon path={mdiWrenchOutline} className="icon pin-mark" />
        <h1 className="title">{words.title}</h1>
        <p className="pin-ask">{words.askPin}</p>
        <p className="pin-dots">
          <span className="unseen">{fill(words.digits, { n: pin.length })}</span>
          <span aria-hidden="true">{'●'.repeat(pin.length)}</span>
        </p>
        <div className="pin-said" role="status">
          {sentence && <p>{sentence}</p>}
          {waitMs > 0 && <p className="pin-wait">{fill(words.waitFor, { time: durationText(words, waitMs) })}</p>}
        </div>
      </div>
      <div className="pin-keys">
        {keys.map((key) => (
          <Key
            key={key}
            name={`pin-${key}`}
            className="pin-key"
            disabled={busy}
            onPress={() => setPin((before) => (before + key).slice(0, longestPin))}
          >
            {key}
          </Key>
        ))}
        <Key name="pin-clear" className="pin-key pin-word" disabled={busy} onPress={() => setPin('')}>
          <Icon path={mdiBackspaceOutline} />
          <span>{words.clear}</span>
        </Key>
        <Key
          name="pin-0"
          className="pin-key"
          disabled={busy}
          onPress={() => setPin((before) => `${before}0`.slice(0, longestPin))}
        >
          0
        </Key>
        <Key name="pin-open" className="pin-key pin-word pin-open" disabled={busy || pin === ''} onPress={tryIt}>
          <Icon path={mdiLockOpenVariantOutline} />
          <span>{words.open}</span>
        </Key>
        <Key name="pin-back" className="action pin-back" onPress={onClose}>
          <Icon path={mdiArrowLeft} />
          <span>{words.back}</span>
        </Key>
      </div>
    </div>
  )
}
