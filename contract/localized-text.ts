import { z } from 'zod'

/** Languages of the screens (ACCESSIBILITY 20), as BCP 47 tags; Japanese is always there. */
export const languages = ['ja', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'vi'] as const
export const languageSchema = z.enum(languages)
export type Language = z.infer<typeof languageSchema>

/** One text in the languages that exist; a screen falls back to Japanese and marks it `lang="ja"`. */
export const localizedTextSchema = z.object({
  ja: z.string().min(1),
  en: z.string().min(1).optional(),
  'zh-Hans': z.string().min(1).optional(),
  'zh-Hant': z.string().min(1).optional(),
  ko: z.string().min(1).optional(),
  vi: z.string().min(1).optional(),
})
export type LocalizedText = z.infer<typeof localizedTextSchema>
