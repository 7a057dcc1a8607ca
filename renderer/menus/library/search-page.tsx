import { mdiClose, mdiKeyboard, mdiMagnify } from '@mdi/js'
import { memo, useCallback, useEffect, useMemo, useRef } from 'react'
import type { LibraryView } from '../../../contract/menus/library.ts'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { Keyboard } from '../../keyboard/keyboard.tsx'
import { useVisit } from '../../state/visit-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { drawWithAnswer } from '../../ui/one-frame.ts'
import { Touch } from '../../ui/touch.tsx'
import { ChildrenSwitch } from './children-switch.tsx'
import type { LibraryCalls } from './library-calls.ts'
import { type LibraryPage, resultsOf } from './library-page.ts'
import { type Typed, TypedTitles, type TypedTitlesHandle } from './typed-titles.tsx'
import { ToWays, Ways } from './ways.tsx'

type EntryPage = Extract<LibraryPage, { kind: 'entry' }>
type Props = {
  view: LibraryView
  page: EntryPage
  roomy: boolean
  flatKeys: boolean
  calls: LibraryCalls
  go(page: LibraryPage): void
  turn(page: LibraryPage): void
  onOpen(id: string): void
}
const mostLetters = 100
/** A key changes the text alone; the sixty keys and all else stay as they are. */
const Keys = memo(Keyboard)

/** The field with its keyboard right there; what is found as it is typed, and before that the ways without typing. */
export function SearchPage({ view, page, roomy, flatKeys, calls, go, turn, onOpen }: Props) {
  const words = useLibraryWords()
  const language = useVisit((visit) => visit.language)
  // Where the keyboard would take the room of the ways, it waits for a touch of the field.
  const { keyboard = roomy } = page
  const field = useRef<HTMLInputElement>(null)
  const titles = useRef<TypedTitlesHandle>(null)
  /** A letter is drawn by the field alone; the way is told of it when this page is left. */
  const typed = useRef<Typed>({ text: page.text ?? '', page: page.page ?? 0 })
  const now = useRef({ page, turn, go, onOpen })
  now.current = { page, turn, go, onOpen }

  const keep = useCallback((change: Partial<EntryPage> = {}) => {
    now.current.turn({ ...now.current.page, ...typed.current, ...change })
  }, [])
  // A sheet of the frame takes the place of this page, and gives it back.
  useEffect(() => () => void (useVisit.getState().way.at(-1)?.page === now.current.page && keep()), [keep])
  const show = useCallback((next: Typed) => {
    typed.current = next
    titles.current?.show(next)
  }, [])
  const write = useCallback(
    (next: string) => {
      const text = [...next].slice(0, mostLetters).join('')
      show({ text, page: 0 })
      drawWithAnswer(() => {
        if (field.current && field.current.value !== typed.current.text) field.current.value = typed.current.text
      })
    },
    [show],
  )
  const onPage = useCallback((page: number) => show({ ...typed.current, page }), [show])
  const leave = useCallback(
    (to: LibraryPage) => {
      keep()
      now.current.go(to)
    },
    [keep],
  )
  const openTitle = useCallback(
    (id: string) => {
      keep()
      now.current.onOpen(id)
    },
    [keep],
  )
  const onText = useCallback((letters: string) => write(typed.current.text + letters), [write])
  const seeAll = useCallback(() => {
    const { text } = typed.current
    if (text.trim() !== '') leave(resultsOf({}, 'best', text))
  }, [leave])
  const onKey = useCallback(
    (key: 'Enter' | 'Backspace') => {
      if (key === 'Enter') seeAll()
      else write([...typed.current.text].slice(0, -1).join(''))
    },
    [seeAll, write],
  )
  const close = useCallback(() => keep({ keyboard: false }), [keep])
  const open = useCallback(() => keep({ keyboard: true }), [keep])
  const clear = useCallback(() => write(''), [write])
  const ways = useMemo(
    () => (roomy || !keyboard ? <Ways go={leave} /> : <ToWays onTouch={close} />),
    [leave, close, roomy, keyboard],
  )

  return (
    <div
      className={`list-page library library-search ${keyboard ? 'library-typing' : ''} ${flatKeys ? 'library-flat' : ''}`}
    >
      <Top />
      <div className="library-field">
        <Icon path={mdiMagnify} className="icon library-glass" />
        <input
          ref={field}
          className="library-input"
          type="text"
          inputMode="none"
          autoComplete="off"
          spellCheck={false}
          data-name="library-text"
          aria-label={words.field}
          placeholder={words.field}
          maxLength={mostLetters}
          defaultValue={typed.current.text}
          onChange={(event) => write(event.target.value)}
          onFocus={() => !keyboard && open()}
          // Put away by its own key, the field has kept the focus.
          onClick={() => !keyboard && open()}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) seeAll()
          }}
        />
        <FieldChip name="library-clear" icon={mdiClose} word={words.clear} onTouch={clear} />
        {!keyboard && <FieldChip name="library-keyboard" icon={mdiKeyboard} word={words.keyboard} onTouch={open} />}
      </div>
      <div className="library-found">
        <TypedTitles
          ref={titles}
          view={view}
          first={typed.current}
          typing={keyboard}
          roomy={roomy}
          calls={calls}
          ways={ways}
          onPage={onPage}
          onOpen={openTitle}
          onText={write}
          onNarrow={seeAll}
          onOther={clear}
        />
      </div>
      {keyboard && <Keys key={language} secret={false} flat={flatKeys} onText={onText} onKey={onKey} onClose={close} />}
    </div>
  )
}

const Top = memo(function Top() {
  const words = useLibraryWords()
  return (
    <div className="library-top">
      <MenuTitle menu="library" title={words.title} />
      <ChildrenSwitch />
    </div>
  )
})

type ChipProps = { name: string; icon: string; word: string; onTouch(): void }
const FieldChip = memo(function FieldChip({ name, icon, word, onTouch }: ChipProps) {
  return (
    <Touch name={name} className="chip library-clear" onTouch={onTouch}>
      <Icon path={icon} className="icon small" />
      <span>{word}</span>
    </Touch>
  )
})
