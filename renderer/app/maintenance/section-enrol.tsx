import { mdiBackspaceOutline } from '@mdi/js'
import { useState } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { Key } from './key.tsx'
import { codeOf, useService } from './service-context.ts'
import { useWork } from './use-work.ts'
import { fill, type ServiceWords } from './words.ts'

type Field = 'hubUrl' | 'code'
const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm.:/']
const longest = { hubUrl: 300, code: 14 }

export function EnrolSection({ hubUrl }: { hubUrl: string }) {
  const { words, ask, token } = useService()
  const [typed, setTyped] = useState({ hubUrl: hubUrl || 'https://', code: '' })
  const [field, setField] = useState<Field>('code')
  const [work, begin] = useWork<string>()
  const press = (key: string) =>
    setTyped((before) => {
      const added = before[field] + (field === 'code' ? key.toUpperCase() : key)
      return { ...before, [field]: added.slice(0, longest[field]) }
    })
  const enrol = () =>
    ask((calls) => calls.enrolAgain({ token, ...typed })).then(
      ({ kioskId }) => fill(words.enrolled, { name: kioskId }),
      (error: unknown) => failureText(words, codeOf(error)),
    )
  const underWay = work.kind === 'under-way'
  return (
    <div className="enrol">
      <p className="service-how">{words.enrolHow}</p>
      {(['hubUrl', 'code'] satisfies Field[]).map((one) => (
        <Key
          key={one}
          name={`enrol-${one}`}
          className={one === field ? 'enrol-field enrol-chosen' : 'enrol-field'}
          disabled={underWay}
          onPress={() => setField(one)}
        >
          <span className="enrol-label">{words[one]}</span>
          <span className="enrol-typed" lang="en">
            {typed[one]}
            {one === field && <span className="enrol-caret" aria-hidden="true" />}
          </span>
        </Key>
      ))}
      <p className="enrol-said" role="status" data-name="enrol-said">
        {underWay && fill(words.enrolling, { n: work.seconds })}
        {work.kind === 'done' && work.result}
      </p>
      <div className="enrol-keys" lang="en">
        {[...rows.join('')].map((key) => (
          <Key key={key} name={`key-${key}`} className="enrol-key" disabled={underWay} onPress={() => press(key)}>
            {field === 'code' ? key.toUpperCase() : key}
          </Key>
        ))}
      </div>
      <div className="enrol-acts">
        <Key
          name="key-delete"
          className="action"
          disabled={underWay}
          onPress={() => setTyped((before) => ({ ...before, [field]: before[field].slice(0, -1) }))}
        >
          <Icon path={mdiBackspaceOutline} />
          {words.delete}
        </Key>
        <Key
          name="enrol-now"
          className="action action-main"
          disabled={underWay || typed.code.length < 12}
          onPress={() => begin(enrol)}
        >
          {words.enrolNow}
        </Key>
      </div>
    </div>
  )
}

function failureText(words: ServiceWords, code: string | null): string {
  if (code === 'bad-arguments') return words.failed_bad
  if (code === 'enrolment-code-refused' || code === 'hub-unreachable' || code === 'rate-limited')
    return words[`failed_${code}`]
  return words.failed
}
