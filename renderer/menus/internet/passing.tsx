import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InternetRefusal } from '../../../contract/internet-policy.ts'

const shownMs = 6_000

/** Said in passing: something was not done, and the page goes on. */
export function Passing({ passing }: { passing: { reason: InternetRefusal; count: number } | null }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const count = passing?.count ?? 0
  useEffect(() => {
    if (count === 0) return
    setShown(true)
    const over = setTimeout(() => setShown(false), shownMs)
    return () => clearTimeout(over)
  }, [count])
  if (!shown || passing === null) return null
  return (
    <p className="browse-passing" role="status">
      {t(`refused_${passing.reason}`)}
    </p>
  )
}
