import { type ReactNode, type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { LibraryQuery, LibraryView } from '../../../contract/menus/library.ts'
import { answerCame, expectAnswer } from '../../ui/one-frame.ts'
import type { LibraryCalls } from './library-calls.ts'
import { noFilter } from './library-page.ts'
import { createNewestAnswer } from './newest-answer.ts'
import { type Found, TitleList, useTitleFit } from './title-list.tsx'
import { againMs } from './use-answer.ts'

/** An empty text: the ways without typing stand. */
export type Typed = { text: string; page: number }
export type TypedTitlesHandle = { show(typed: Typed): void }

type Props = {
  ref: Ref<TypedTitlesHandle>
  view: LibraryView
  /** When it comes onto the screen; after that only `show` is heard. */
  first: Typed
  typing: boolean
  roomy: boolean
  calls: LibraryCalls
  ways: ReactNode
  onPage(page: number): void
  onOpen(id: string): void
  onText(text: string): void
  onNarrow(): void
  onOther(): void
}
/** `run`: one goes from the field empty to the field empty; no answer of another one is shown. */
type Shown = { found: Found | null; failed: boolean; standing: boolean; run: number }

const isEmpty = (text: string) => text.trim() === ''
/** So that the cards of the first key are there before it: then they change their words alone. */
const beforeTyping: LibraryQuery = { text: '', filter: noFilter, order: 'popular' }

/** What is found as it is typed. A key asks, and nothing is drawn before the answer. */
export function TypedTitles({ ref, view, first, typing, roomy, calls, ways, ...rest }: Props) {
  const fit = useTitleFit(typing && (roomy ? 'beside' : 'above'))
  const now = useRef({ ...first, run: 0, perPage: fit.perPage })
  now.current.perPage = fit.perPage
  const newest = useRef<ReturnType<typeof createNewestAnswer>>(null)
  const [shown, setShown] = useState<Shown>({ found: null, failed: false, standing: !isEmpty(first.text), run: 0 })

  const ask = useCallback(() => {
    let run = 0
    void newest.current?.take(
      // As it is now: when its turn comes, another text may be in the field.
      async (): Promise<Found> => {
        const { text, page, perPage } = now.current
        run = now.current.run
        const query: LibraryQuery = isEmpty(text) ? beforeTyping : { text, filter: noFilter, order: 'best' }
        return { ...(await calls.search(query, page * perPage, perPage)), text, page }
      },
      (found) => {
        if (run !== now.current.run) return
        answerCame()
        // In this very task: the frame that follows has it.
        flushSync(() => setShown({ found, failed: false, standing: !isEmpty(found.text), run }))
      },
      () =>
        setShown((before) => ({
          found: before.run === now.current.run ? before.found : null,
          failed: true,
          standing: !isEmpty(now.current.text),
          run: now.current.run,
        })),
    )
  }, [calls])

  useEffect(() => {
    newest.current = createNewestAnswer()
    return () => newest.current?.end()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: where more have room, more are asked for
  useEffect(ask, [ask, fit.perPage])
  useEffect(() => {
    if (!shown.failed) return
    const again = setTimeout(ask, againMs)
    return () => clearTimeout(again)
  }, [shown, ask])
  useImperativeHandle(ref, () => ({
    show({ text, page }) {
      const run = now.current.run + (isEmpty(text) === isEmpty(now.current.text) ? 0 : 1)
      now.current = { ...now.current, text, page, run }
      if (isEmpty(text)) setShown((before) => ({ ...before, standing: false }))
      else {
        ask()
        expectAnswer()
      }
    },
  }))

  return (
    <TitleList
      view={view}
      found={shown.found}
      failed={shown.failed}
      fit={fit}
      calls={calls}
      instead={{ standing: !shown.standing, children: ways }}
      {...rest}
    />
  )
}
