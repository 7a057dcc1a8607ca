import { type ComponentType, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** While the kiosk process that serves the programs is being started again. */
const againMs = 1_500

export type Part<Props> = { program: ComponentType<Props> | null; fetchProgram(): Promise<void> }

/** A part of the screen whose program is not in the first one. */
export function later<Props>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  const part: Part<Props> = {
    program: null,
    async fetchProgram() {
      part.program ??= await load()
    },
  }
  return part
}

/**
 * Fetched while nothing else is to be done, a part is there at the first touch; where it could not be fetched, the visitor reads that it is being
 * prepared, and it is tried again until it comes. `part` stays the same one.
 */
export function Later<Props extends object>({ part, given }: { part: Part<Props>; given: Props }) {
  const { t } = useTranslation()
  const [there, setThere] = useState(part.program !== null)
  useEffect(() => {
    if (there) return
    let left = false
    let again: ReturnType<typeof setTimeout> | undefined
    const attempt = () =>
      part.fetchProgram().then(
        () => !left && setThere(true),
        () => {
          if (!left) again = setTimeout(attempt, againMs)
        },
      )
    void attempt()
    return () => {
      left = true
      clearTimeout(again)
    }
  }, [there, part])
  const Program = part.program
  return Program === null ? <p className="notice">{t('preparing')}</p> : <Program {...given} />
}

/** One after the other, each when the browser has nothing else to do; what cannot be fetched now is fetched when it is wanted. */
export async function fetchWhenIdle(fetches: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const one of fetches) {
    await new Promise((idle) => requestIdleCallback(idle))
    await one().catch(() => undefined)
  }
}
