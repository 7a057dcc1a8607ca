import type { Page } from 'playwright-core'

/** The part of it in sight, and the size it has as a whole. */
export type Target = {
  name: string
  x: number
  y: number
  width: number
  height: number
  whole: { width: number; height: number }
}
export type Measured = {
  targets: Target[]
  /** Text that is cut off by its own box, or lies outside the screen. */
  cut: string[]
  /** Size of the smallest letters, in CSS pixels, and what they say. */
  smallest: { px: number; text: string }
}

/** What can be touched and read on the screen now, as it was drawn. */
export function measureScreen(page: Page): Promise<Measured> {
  return page.evaluate(() => {
    const dialog = document.querySelector('[role="alertdialog"]')
    const shown = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    const within = (element: Element) => dialog === null || dialog.contains(element)
    // What a scrolling pane holds below its edge is brought up by つづき; what is in no such pane must be in sight.
    const scrolled = (element: Element) => element.closest('.scroll-pane') !== null

    const inSight = (element: Element) => {
      const box = element.getBoundingClientRect()
      let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom]
      const clip = (frame: { left: number; top: number; right: number; bottom: number }) => {
        left = Math.max(left, frame.left)
        top = Math.max(top, frame.top)
        right = Math.min(right, frame.right)
        bottom = Math.min(bottom, frame.bottom)
      }
      for (let holder = element.parentElement; holder; holder = holder.parentElement)
        if (getComputedStyle(holder).overflowY !== 'visible') clip(holder.getBoundingClientRect())
      clip({ left: 0, top: 0, right: innerWidth, bottom: innerHeight })
      return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
    }

    const targets: Target[] = []
    const cut: string[] = []
    for (const button of document.querySelectorAll('button')) {
      if (!shown(button) || !within(button)) continue
      const whole = button.getBoundingClientRect()
      const name = button.dataset.name ?? ''
      const seen = inSight(button)
      const lost = Math.round(Math.max(whole.width - seen.width, whole.height - seen.height))
      if (lost > 1 && !scrolled(button)) cut.push(`${name}: ${lost} px of it are out of sight`)
      if (seen.width > 0 && seen.height > 0)
        targets.push({ name, ...seen, whole: { width: whole.width, height: whole.height } })
    }

    const smallest = { px: Number.POSITIVE_INFINITY, text: '' }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const parent = node.parentElement
      if (text === '' || !parent || !shown(parent) || !within(parent) || parent.closest('.unseen, script, style'))
        continue
      // A reading stands above letters that are themselves large enough.
      const px = Number.parseFloat(getComputedStyle(parent).fontSize)
      if (px < smallest.px && !parent.closest('rt, rp, svg')) Object.assign(smallest, { px, text: text.slice(0, 30) })
      if (parent.closest('rt, rp, svg') || scrolled(parent)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      let box = range.getBoundingClientRect()
      for (let holder: Element | null = parent; holder && holder !== document.body; holder = holder.parentElement) {
        const style = getComputedStyle(holder)
        const frame = holder.getBoundingClientRect()
        const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible'
        // What stands on a button stays on it, cut off or not.
        if (!(clips || holder.tagName === 'BUTTON')) continue
        // Ends in … where it is too long: what is seen of it is this box.
        if (style.webkitLineClamp !== 'none' || style.textOverflow === 'ellipsis') {
          box = frame
          continue
        }
        if (
          box.right > frame.right + 2 ||
          box.left < frame.left - 2 ||
          box.bottom > frame.bottom + 6 ||
          box.top < frame.top - 6
        ) {
          cut.push(`${text.slice(0, 30)}: runs out of .${holder.className}`)
          break
        }
      }
      if (box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1 || box.top < -1)
        cut.push(`${text.slice(0, 30)}: outside the screen`)
    }
    return { targets, cut, smallest }
  })
}

/** Pairs that stand nearer to each other than `leastPx`, edge to edge. */
export function tooNear(targets: readonly Target[], leastPx: number): string[] {
  const found: string[] = []
  targets.forEach((a, index) => {
    for (const b of targets.slice(index + 1)) {
      const across = Math.max(b.x - (a.x + a.width), a.x - (b.x + b.width))
      const down = Math.max(b.y - (a.y + a.height), a.y - (b.y + b.height))
      const gap = Math.max(across, down)
      if (gap < leastPx - 0.5) found.push(`${a.name} and ${b.name}: ${gap.toFixed(1)} px`)
    }
  })
  return found
}
