import { mdiMagnify } from '@mdi/js'
import { useLibraryWords } from '../../i18n/library/library-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { Touch } from '../../ui/touch.tsx'
import type { LibraryCalls } from './library-calls.ts'
import { useAnswer } from './use-answer.ts'

type Props = { text: string; calls: LibraryCalls; onText(text: string): void; onOther(): void }

/** Nothing: what may have been meant, and who can help. */
export function NothingFound({ text, calls, onText, onOther }: Props) {
  const words = useLibraryWords()
  const { answer } = useAnswer(text.trim() === '' ? null : text, () => calls.suggest(text))
  return (
    <div className="library-nothing" data-text={text}>
      <p className="library-nothing-line">{words.noResults}</p>
      {answer !== null && answer.length > 0 && (
        <>
          <p className="library-maybe">{words.maybe}</p>
          <div className="chips library-guesses">
            {answer.slice(0, 4).map((guess) => (
              <Touch key={guess} name={`guess-${guess}`} className="chip" onTouch={() => onText(guess)}>
                <Icon path={mdiMagnify} className="icon small" />
                <span lang="ja">{guess}</span>
              </Touch>
            ))}
          </div>
        </>
      )}
      <p className="library-help">{words.askCounter}</p>
      <Touch name="library-other" className="action" onTouch={onOther}>
        {words.otherWay}
      </Touch>
    </div>
  )
}
