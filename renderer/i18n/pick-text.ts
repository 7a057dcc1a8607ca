import type { Language, LocalizedText } from '../../contract/localized-text.ts'

/** The text in this language; else English for those who do not read Japanese, else Japanese. */
export function pickText(text: LocalizedText, language: Language): { text: string; lang: Language } {
  const own = text[language]
  if (own !== undefined) return { text: own, lang: language }
  if (language !== 'ja' && text.en !== undefined) return { text: text.en, lang: 'en' }
  return { text: text.ja, lang: 'ja' }
}
