import { useVisit } from '../../state/visit-store.ts'

/** こどもモード: for those who read kana only, and Japanese. */
export const useInKana = () => useVisit((visit) => visit.children && visit.language === 'ja')

export const hasKanji = (text: string) => /\p{Script=Han}/u.test(text)
