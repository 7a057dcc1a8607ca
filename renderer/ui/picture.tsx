import { useState } from 'react'
import type { Picture } from '../../contract/menus/tourism.ts'
import { pickText } from '../i18n/pick-text.ts'
import { useVisit } from '../state/visit-store.ts'

/** A picture of the release. One that is missing leaves a calm ground, never a broken mark. */
export function TownPicture({
  picture,
  small,
  className,
  decorative,
}: {
  picture: Picture | undefined
  small?: boolean
  className: string
  decorative?: boolean
}) {
  const language = useVisit((visit) => visit.language)
  const [broken, setBroken] = useState(false)
  if (!picture || broken) return <div className={`${className} picture-none`} />
  const alt = decorative ? '' : pickText(picture.alt, language).text
  return (
    <img
      className={className}
      src={`/picture/${small ? picture.thumbnail : picture.blob}`}
      alt={alt}
      draggable={false}
      decoding="async"
      onError={() => setBroken(true)}
    />
  )
}
