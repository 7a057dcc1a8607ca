import { mdiBackspaceOutline, mdiChevronDown, mdiKeyboardReturn, mdiKeyboardSpace } from '@mdi/js'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icon.tsx'
import './keyboard.css'
import { hearKeys } from './hear-keys.ts'
import { decideMark, type KanaMark } from './kana-marks.ts'
import { flatKanaLast, flatKanaRows, flatLatinRows, flatSignRows, kanaRows, latinRows, signRows } from './layouts.ts'

const marks = { 'key-voiced': 'voiced', 'key-half': 'half', 'key-small': 'small' } as const satisfies Record<
  string,
  KanaMark
>
const tall = { kana: kanaRows, latin: latinRows, signs: signRows }
const wide = { kana: flatKanaRows, latin: flatLatinRows, signs: flatSignRows }
type Board = 'kana' | 'latin' | 'signs'
type Props = {
  /** What is typed is a secret: kana make no password. */
  secret: boolean
  /** Four rows of keys in the place of six. */
  flat?: boolean
  onText(text: string): void
  onKey(key: 'Enter' | 'Backspace'): void
  onClose(): void
}

/** A keyboard under the finger: kana by the table of fifty sounds, Latin letters, signs. */
export function Keyboard({ secret, flat = false, onText, onKey, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const [board, setBoard] = useState<Board>(secret || !i18n.language.startsWith('ja') ? 'latin' : 'kana')
  const [upper, setUpper] = useState(false)
  /** The kana just typed, which a mark may still change. */
  const last = useRef('')

  const type = (text: string) => {
    last.current = text
    onText(text)
  }
  const mark = (which: KanaMark) => {
    const marked = decideMark(last.current, which)
    if (marked === null) return
    onKey('Backspace')
    type(marked)
  }
  const press = (key: 'Enter' | 'Backspace') => {
    last.current = ''
    onKey(key)
  }
  const act = (name: string) => {
    switch (name) {
      case 'key-board':
        return setBoard(board === 'kana' ? 'latin' : 'kana')
      case 'key-signs':
        return setBoard(board === 'signs' ? 'latin' : 'signs')
      case 'key-voiced':
      case 'key-half':
      case 'key-small':
        return mark(marks[name])
      case 'key-upper':
        return setUpper(!upper)
      case 'key-space':
        return type(board === 'kana' ? '　' : ' ')
      case 'key-backspace':
        return press('Backspace')
      case 'key-enter':
        return press('Enter')
      case 'key-close':
        return onClose()
      default: {
        const letter = name.slice('key-'.length)
        type(upper ? letter.toUpperCase() : letter)
        if (upper) setUpper(false)
      }
    }
  }
  const keyboard = useRef<HTMLElement>(null)
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    if (keyboard.current) return hearKeys(keyboard.current, (name) => latest.current(name))
  }, [])
  const rows = (flat ? wide : tall)[board]

  return (
    <section
      ref={keyboard}
      className={`keyboard keyboard-${board} ${flat ? 'keyboard-flat' : ''}`}
      aria-label={t('webKeyboard')}
      data-name="keyboard"
    >
      <div className="keyboard-keys">
        {rows.map((row) => (
          <div className="keyboard-row" key={row.join('')}>
            {row.map((key, at) =>
              key === '' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a gap is known by its place alone
                <span key={`gap-${at}`} className="key key-gap" />
              ) : (
                <Key key={key} name={`key-${key}`}>
                  {upper ? key.toUpperCase() : key}
                </Key>
              ),
            )}
          </div>
        ))}
      </div>
      <div className="keyboard-row keyboard-last">
        {flat &&
          board === 'kana' &&
          flatKanaLast.map((key) => (
            <Key key={key} name={`key-${key}`}>
              {key}
            </Key>
          ))}
        <Key name="key-board" wide>
          {board === 'kana' ? 'ABC' : 'かな'}
        </Key>
        <Key name="key-signs" wide>
          {board === 'signs' ? 'abc' : '!?#'}
        </Key>
        {board === 'kana' && (
          <>
            <Key name="key-voiced" label={t('keyVoiced')}>
              ゛
            </Key>
            <Key name="key-half" label={t('keyHalf')}>
              ゜
            </Key>
            <Key name="key-small">っゃ</Key>
          </>
        )}
        {board === 'latin' && (
          <Key name="key-upper" wide pressed={upper}>
            {upper ? 'ABC' : 'Aa'}
          </Key>
        )}
        <Key name="key-space" wide label={t('keySpace')}>
          <Icon path={mdiKeyboardSpace} />
        </Key>
        <Key name="key-backspace" wide label={t('keyBackspace')}>
          <Icon path={mdiBackspaceOutline} />
        </Key>
        <Key name="key-enter" wide main label={t('keyEnter')}>
          <Icon path={mdiKeyboardReturn} />
        </Key>
        <Key name="key-close" wide label={t('close')}>
          <Icon path={mdiChevronDown} />
        </Key>
      </div>
    </section>
  )
}

type KeyProps = { name: string; children: ReactNode; label?: string; wide?: boolean; main?: boolean; pressed?: boolean }

function Key({ name, children, label, wide, main, pressed }: KeyProps) {
  const kinds = `${wide ? ' key-wide' : ''}${main ? ' key-main' : ''}`
  return (
    <button
      type="button"
      className={`key${kinds}`}
      data-name={name}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    >
      {children}
    </button>
  )
}
