import { mdiBackspaceOutline, mdiChevronDown, mdiKeyboardReturn, mdiKeyboardSpace } from '@mdi/js'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icon.tsx'
import './keyboard.css'
import { decideMark, type KanaMark } from './kana-marks.ts'
import { kanaRows, latinRows, signRows } from './layouts.ts'

type Board = 'kana' | 'latin' | 'signs'
type Props = {
  /** What is typed is a secret: kana make no password. */
  secret: boolean
  onText(text: string): void
  onKey(key: 'Enter' | 'Backspace'): void
  onClose(): void
}

/** A keyboard under the finger: kana by the table of fifty sounds, Latin letters, signs. */
export function Keyboard({ secret, onText, onKey, onClose }: Props) {
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
  const rows = { kana: kanaRows, latin: latinRows, signs: signRows }[board]

  return (
    <section className={`keyboard keyboard-${board}`} aria-label={t('webKeyboard')} data-name="keyboard">
      <div className="keyboard-keys">
        {rows.map((row) => (
          <div className="keyboard-row" key={row.join('')}>
            {row.map((key, at) =>
              key === '' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a gap is known by its place alone
                <span key={`gap-${at}`} className="key key-gap" />
              ) : (
                <Key
                  key={key}
                  name={`key-${key}`}
                  onPress={() => {
                    type(upper ? key.toUpperCase() : key)
                    setUpper(false)
                  }}
                >
                  {upper ? key.toUpperCase() : key}
                </Key>
              ),
            )}
          </div>
        ))}
      </div>
      <div className="keyboard-row keyboard-last">
        <Key name="key-board" wide onPress={() => setBoard(board === 'kana' ? 'latin' : 'kana')}>
          {board === 'kana' ? 'ABC' : 'かな'}
        </Key>
        <Key name="key-signs" wide onPress={() => setBoard(board === 'signs' ? 'latin' : 'signs')}>
          {board === 'signs' ? 'abc' : '!?#'}
        </Key>
        {board === 'kana' && (
          <>
            <Key name="key-voiced" label={t('keyVoiced')} onPress={() => mark('voiced')}>
              ゛
            </Key>
            <Key name="key-half" label={t('keyHalf')} onPress={() => mark('half')}>
              ゜
            </Key>
            <Key name="key-small" onPress={() => mark('small')}>
              っゃ
            </Key>
          </>
        )}
        {board === 'latin' && (
          <Key name="key-upper" wide pressed={upper} onPress={() => setUpper(!upper)}>
            {upper ? 'ABC' : 'Aa'}
          </Key>
        )}
        <Key name="key-space" wide label={t('keySpace')} onPress={() => type(board === 'kana' ? '　' : ' ')}>
          <Icon path={mdiKeyboardSpace} />
        </Key>
        <Key name="key-backspace" wide label={t('keyBackspace')} onPress={() => press('Backspace')}>
          <Icon path={mdiBackspaceOutline} />
        </Key>
        <Key name="key-enter" wide main label={t('keyEnter')} onPress={() => press('Enter')}>
          <Icon path={mdiKeyboardReturn} />
        </Key>
        <Key name="key-close" wide label={t('close')} onPress={onClose}>
          <Icon path={mdiChevronDown} />
        </Key>
      </div>
    </section>
  )
}

/** Acts on the way down, like a key: the same one twice in a row is two letters, not a double strike. */
function Key(props: {
  name: string
  children: ReactNode
  label?: string
  wide?: boolean
  main?: boolean
  pressed?: boolean
  onPress(): void
}) {
  const { name, children, label, wide, main, pressed, onPress } = props
  const kinds = `${wide ? ' key-wide' : ''}${main ? ' key-main' : ''}`
  return (
    <button
      type="button"
      className={`key${kinds}`}
      data-name={name}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.dataset.down = ''
        onPress()
      }}
      onPointerUp={(event) => delete event.currentTarget.dataset.down}
      onPointerLeave={(event) => delete event.currentTarget.dataset.down}
      onPointerCancel={(event) => delete event.currentTarget.dataset.down}
      onClick={(event) => {
        // Enter and Space on the key; a finger was heard on its way down.
        if (event.detail === 0) onPress()
      }}
    >
      {children}
    </button>
  )
}
