import type { Language } from '../../../contract/localized-text.ts'
import { useVisit } from '../../state/visit-store.ts'
import { children } from './children.ts'
import { en } from './en.ts'
import { ja, type LibraryWords } from './ja.ts'
import { ko } from './ko.ts'
import { vi } from './vi.ts'
import { zhHans } from './zh-hans.ts'
import { zhHant } from './zh-hant.ts'

const words: Record<Language, LibraryWords> = { ja, en, 'zh-Hans': zhHans, 'zh-Hant': zhHant, ko, vi }

export function useLibraryWords(): LibraryWords {
  const language = useVisit((visit) => visit.language)
  const inKana = useVisit((visit) => visit.children)
  return inKana && language === 'ja' ? children : words[language]
}

/** `{{n}}` and the like. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** The class of the NDC in words: `913.6` is 文学 › 日本の文学. */
export function ndcText(words: LibraryWords, ndc: string): string {
  const first = Number(ndc[0])
  const one = words.ndc[first] ?? ''
  const two = ndc.length > 1 && ndc[1] !== '0' ? words.ndc2[first]?.[Number(ndc[1])] : undefined
  return two === undefined ? one : `${one} › ${two}`
}
