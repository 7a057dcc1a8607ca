import { useEffect, useState } from 'react'
import type { TitlePage } from '../../../contract/menus/library.ts'
import type { LibraryCalls } from './library-calls.ts'

const againMs = 1_500
const isGone = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && /not.?found/i.test(String(error.code))

/** A title of the release on screen; `gone` when it has no such title. While the kiosk is away it is asked again. */
export function useTitle(
  id: string,
  calls: LibraryCalls,
): {
  title: TitlePage | null
  gone: boolean
  failed: boolean
} {
  const [found, setFound] = useState<{ id: string; title: TitlePage | null } | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let left = false
    let again: ReturnType<typeof setTimeout> | undefined
    async function ask(): Promise<void> {
      try {
        const title = await calls.title(id)
        if (!left) setFound({ id, title })
      } catch (error) {
        if (left) return
        if (isGone(error)) setFound({ id, title: null })
        else {
          setFailed(true)
          again = setTimeout(ask, againMs)
        }
      }
    }
    void ask()
    return () => {
      left = true
      clearTimeout(again)
    }
  }, [id, calls])
  if (found?.id !== id) return { title: null, gone: false, failed }
  return { title: found.title, gone: found.title === null, failed: false }
}
