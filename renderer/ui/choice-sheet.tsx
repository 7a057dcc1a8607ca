import { mdiCheck } from '@mdi/js'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../contract/localized-text.ts'
import { hasWords, languageNames } from '../i18n/languages.ts'
import { useDevice } from '../state/device-store.ts'
import { type Contrast, type TextSize, useVisit } from '../state/visit-store.ts'
import { Icon } from './icon.tsx'
import { Touch } from './touch.tsx'

type Choice = { id: string; label: string; lang?: string; className?: string; chosen: boolean; choose(): void }

/** One question, its answers as large buttons; a touch answers and closes. */
export function ChoiceSheet() {
  const { t } = useTranslation()
  const visit = useVisit()
  const offered = useDevice((device) => device.state?.config.languages) ?? ['ja' as const]
  if (visit.sheet === null) return null

  const pick = (change: Parameters<typeof visit.set>[0]) => () => visit.set({ ...change, sheet: null })
  const choices: Record<typeof visit.sheet, { title: string; list: Choice[] }> = {
    language: {
      title: t('chooseLanguage'),
      list: offered.filter(hasWords).map((language: Language) => ({
        id: language,
        label: languageNames[language],
        lang: language,
        chosen: visit.language === language,
        choose: pick({ language }),
      })),
    },
    text: {
      title: t('chooseTextSize'),
      list: (['standard', 'large', 'largest'] satisfies TextSize[]).map((textSize) => ({
        id: textSize,
        label: t({ standard: 'textStandard', large: 'textLarge', largest: 'textLargest' }[textSize]),
        className: `size-${textSize}`,
        chosen: visit.textSize === textSize,
        choose: pick({ textSize }),
      })),
    },
    contrast: {
      title: t('chooseContrast'),
      list: (['standard', 'high'] satisfies Contrast[]).map((contrast) => ({
        id: contrast,
        label: t({ standard: 'contrastStandard', high: 'contrastHigh' }[contrast]),
        className: `colours-${contrast}`,
        chosen: visit.contrast === contrast,
        choose: pick({ contrast }),
      })),
    },
  }
  const { title, list } = choices[visit.sheet]
  return (
    <section className="sheet" aria-labelledby="sheet-title">
      <h1 id="sheet-title" className="title">
        {title}
      </h1>
      <div className="choices">
        {list.map((choice) => (
          <Touch
            key={choice.id}
            name={`choice-${choice.id}`}
            className={`card choice ${choice.className ?? ''}`}
            pressed={choice.chosen}
            onTouch={choice.choose}
          >
            <span lang={choice.lang}>{choice.label}</span>
            {choice.chosen && <Icon path={mdiCheck} className="icon choice-mark" />}
          </Touch>
        ))}
      </div>
    </section>
  )
}
