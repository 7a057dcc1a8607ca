/** A keypad of five keys (ACCESSIBILITY 13): the arrows go to the nearest thing in their direction, Enter touches it. */
const arrows: Record<string, { x: number; y: number }> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
}

type Box = { left: number; top: number; width: number; height: number }
const middle = (box: Box) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 })

/** Index of the box to go to, -1 when there is none that way. What lies straight ahead is nearer than what lies aside. */
export function decideNext(from: Box, boxes: readonly Box[], direction: { x: number; y: number }): number {
  const start = middle(from)
  let best = -1
  let bestCost = Number.POSITIVE_INFINITY
  boxes.forEach((box, index) => {
    const { x, y } = middle(box)
    const ahead = (x - start.x) * direction.x + (y - start.y) * direction.y
    const aside = Math.abs((x - start.x) * direction.y) + Math.abs((y - start.y) * direction.x)
    if (ahead <= 1) return
    const cost = ahead + aside * 2
    if (cost < bestCost) {
      best = index
      bestCost = cost
    }
  })
  return best
}

export function startArrowKeys(root: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent) => {
    const direction = arrows[event.key]
    if (!direction) return
    const dialog = root.querySelector('[role="alertdialog"]')
    const targets = [...(dialog ?? root).querySelectorAll<HTMLElement>('button:not(:disabled)')]
    const from =
      document.activeElement instanceof HTMLElement && targets.includes(document.activeElement)
        ? document.activeElement
        : null
    event.preventDefault()
    if (!from) {
      targets[0]?.focus()
      return
    }
    const others = targets.filter((one) => one !== from)
    others[
      decideNext(
        from.getBoundingClientRect(),
        others.map((one) => one.getBoundingClientRect()),
        direction,
      )
    ]?.focus()
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}
