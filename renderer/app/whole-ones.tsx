import { type ReactNode, useLayoutEffect, useRef } from 'react'

/** Of a page that fills the screen, those rows that are whole in sight: names and languages differ in length. The first stays in any case. */
export function WholeOnes({ children, className }: { children: ReactNode; className: string }) {
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const element = list.current
    const page = element?.closest('.home')
    if (!element || !page) return
    const look = () => {
      const rows = [...element.querySelectorAll<HTMLElement>(':scope > li')]
      for (const row of rows) row.hidden = false
      const bottom = page.getBoundingClientRect().bottom + 1
      const cut = rows.map((row) => row.getBoundingClientRect().bottom > bottom)
      rows.forEach((row, at) => {
        row.hidden = at > 0 && cut[at] === true
      })
    }
    look()
    // The size of the letters comes after this, and what is hidden changes the list's own size.
    let frame = 0
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(look)
    })
    observer.observe(page)
    observer.observe(element)
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
    }
  })
  return (
    <ul className={className} ref={list}>
      {children}
    </ul>
  )
}
