import { mdiClose, mdiKeyboard, mdiMagnify } from '@mdi/js'
import { memo, useCallback, useRef } from 'react'
import type { LibraryView } from '../../../contract/menus/library.ts'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { Keyboard } from '../../keyboard/keyboard.tsx'
import { useVisit } from '../../state/visit-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { MenuTitle } from '../../ui/menu-title.tsx'
import { Touch } from '../../ui/touch.tsx'
import { ChildrenSwitch } from './children-switch.tsx'
import type { LibraryCalls } from './library-calls.ts'
import { type LibraryPage, noFilter, resultsOf } from './library-page.ts'
import { TitleList } from './title-list.tsx'
import { Ways } from './ways.tsx'

type EntryPage = Extract<LibraryPage, { kind: 'entry' }>
type Props = {
  view: LibraryView
  page: EntryPage
  calls: LibraryCalls
  go(page: LibraryPage): void
  turn(page: LibraryPage): void
  onOpen(id: string): void
}
const mostLetters = 100
/** A key changes the text alone; the sixty keys and all else stay as they are. */
const Keys = memo(Keyboard)
const WaysWithoutTyping = memo(Ways)

/** The field with its keyboard right there; what is found as it is typed, and before that the ways without typing. */
export function SearchPage({ view, page, calls, go, turn, onOpen }: Props) {
  const words = useLibraryWords()
  const language = useVisit((visit) => visit.language)
  const { text = '', keyboard = true } = page
  const now = useRef({ page, turn, go })
  now.current = { page, turn, go }

  const write = useCallback((next: string) => {
    // Two keys of one frame: the second builds on the first.
    now.current.page = { ...now.current.page, text: [...next].slice(0, mostLetters).join(''), page: 0 }
    now.current.turn(now.current.page)
  }, [])
  const show = useCallback((keyboard: boolean) => {
    now.current.page = { ...now.current.page, keyboard }
    now.current.turn(now.current.page)
  }, [])
  const onText = useCallback((typed: string) => write((now.current.page.text ?? '') + typed), [write])
  const seeAll = useCallback(() => {
    const typed = now.current.page.text ?? ''
    if (typed.trim() !== '') now.current.go(resultsOf({}, 'best', typed))
  }, [])
  const onKey = useCallback(
    (key: 'Enter' | 'Backspace') => {
      if (key === 'Enter') seeAll()
      else write([...(now.current.page.text ?? '')].slice(0, -1).join(''))
    },
    [seeAll, write],
  )
  const close = useCallback(() => show(false), [show])
  const open = useCallback(() => show(true), [show])
  const clear = useCallback(() => write(''), [write])
  const onPage = useCallback((page: number) => now.current.turn({ ...now.current.page, page }), [])

  return (
    <div className={`list-page library library-search ${keyboard ? 'library-typing' : ''}`}>
      <Top />
      <div className="library-field">
        <Icon path={mdiMagnify} className="icon library-glass" />
        <input
          className="library-input"
          type="text"
          inputMode="none"
          autoComplete="off"
          spellCheck={false}
          data-name="library-text"
          aria-label={words.field}
          placeholder={words.field}
          maxLength={mostLetters}
          value={text}
          onChange={(event) => write(event.target.value)}
          onFocus={() => !keyboard && open()}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) seeAll()
          }}
        />
        {text !== '' && <FieldChip name="library-clear" icon={mdiClose} word={words.clear} onTouch={clear} />}
        {!keyboard && <FieldChip name="library-keyboard" icon={mdiKeyboard} word={words.keyboard} onTouch={open} />}
      </div>
      <div className="library-found">
        {text.trim() === '' ? (
          <WaysWithoutTyping go={go} />
        ) : (
          <TitleList
            view={view}
            query={{ text, filter: noFilter, order: 'best' }}
            page={page.page ?? 0}
            calls={calls}
            onPage={onPage}
            onOpen={onOpen}
            onText={write}
            typing={keyboard}
            onNarrow={seeAll}
            onOther={clear}
          />
        )}
      </div>
      {keyboard && <Keys key={language} secret={false} onText={onText} onKey={onKey} onClose={close} />}
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
