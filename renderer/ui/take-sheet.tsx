import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { QrPicture } from './qr-picture.tsx'
import { Touch } from './touch.tsx'

type Props = {
  title: string
  body: string
  /** What a telephone reads; null: there is nothing to take. */
  data: string | null
  /** Between the words and the pattern: which of several is taken. */
  choices?: ReactNode
  onClose(): void
}

/** A slip without paper: a pattern for a telephone's camera. */
export function TakeSheet({ title, body, data, choices, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <section className="sheet take" aria-labelledby="take-title">
      <h1 id="take-title" className="title">
        {title}
      </h1>
      <p className="take-body">{body}</p>
      {choices}
      {data !== null && <QrPicture data={data} label={title} />}
      <Touch name="take-close" className="action" onTouch={onClose}>
        {t('close')}
      </Touch>
    </section>
  )
}
