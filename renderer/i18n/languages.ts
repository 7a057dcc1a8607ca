import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../contract/localized-text.ts'
import type { Words } from './ja.ts'
import { ja } from './ja.ts'

/** Languages whose words are complete; a language without them is not offered. Each loads when it is chosen. */
const loaders: Partial<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-Hans': async () => (await import('./zh-hans.ts')).zhHans,
  'zh-Hant': async () => (await import('./zh-hant.ts')).zhHant,
  ko: async () => (await import('./ko.ts')).ko,
  vi: async () => (await import('./vi.ts')).vi,
}

/** Each language in its own name (ACCESSIBILITY 20). */
export const languageNames: Record<Language, string> = {
  ja: '日本語',
  en: 'English',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  ko: '한국어',
  vi: 'Tiếng Việt',
}

export const hasWords = (language: Language) => language === 'ja' || language in loaders

export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'ja',
    fallbackLng: 'ja',
    resources: { ja: { translation: ja } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
}

/** All of them, before somebody chooses one. */
export const fetchWords = () => Promise.all([...Object.values(loaders).map((load) => load()), import('./ja-hira.ts')])

/** Japanese in kana; what has no such words falls back to Japanese. */
const kana = 'ja-Hira'

/** `inKana`: for a child who reads Japanese (こどもモード). */
export async function switchWords(language: Language, inKana: boolean): Promise<void> {
  if (inKana) {
    if (!i18next.hasResourceBundle(kana, 'translation'))
      i18next.addResourceBundle(kana, 'translation', (await import('./ja-hira.ts')).jaHira)
    document.documentElement.lang = language
    await i18next.changeLanguage(kana)
    return
  }
  const load = loaders[language]
  if (load && !i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await load())
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
