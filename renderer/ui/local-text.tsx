import { Fragment } from 'react'
import type { LocalizedText } from '../../contract/localized-text.ts'
import { pickText } from '../i18n/pick-text.ts'
import { type RubyPart, splitRuby } from '../i18n/split-ruby.ts'
import { useVisit } from '../state/visit-store.ts'

/** A text of the town in the visitor's language, or in Japanese and marked as such. */
export function LocalText({ text, className }: { text: LocalizedText; className?: string }) {
  const language = useVisit((visit) => visit.language)
  const picked = pickText(text, language)
  return (
    <span lang={picked.lang} {...(className === undefined ? {} : { className })}>
      {picked.text.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never change places
        <span key={index} className="line">
          {line}
        </span>
      ))}
    </span>
  )
}

/** A name with its reading above it where the screen is in Japanese. */
export function RubyName({ name, reading }: { name: LocalizedText; reading?: string | undefined }) {
  const language = useVisit((visit) => visit.language)
  const picked = pickText(name, language)
  if (picked.lang !== 'ja' || !reading || !/[一-龠々]/.test(picked.text))
    return <span lang={picked.lang}>{picked.text}</span>
  return <RubyText parts={splitRuby(picked.text, reading)} />
}

/** The browser takes 体験インターネット for one word; where it must break, it breaks before the katakana. */
export function BreakBeforeKatakana({ text }: { text: string }) {
  return text.split(/(?<=\p{Script=Han})(?=\p{Script=Katakana})/u).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

/** Japanese with readings over some of it. */
export function RubyText({ parts }: { parts: readonly RubyPart[] }) {
  return (
    <span lang="ja">
      {parts.map((part, index) =>
        part.reading === null ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name never change places
          <ruby key={index}>
            {part.text}
            <rp>（</rp>
            <rt>{part.reading}</rt>
            <rp>）</rp>
          </ruby>
        ),
      )}
    </span>
  )
}
