import { type CornerEvent, type CornerState, decideCorner } from './decide-corner.ts'

const types: Record<string, CornerEvent['type']> = {
  pointerdown: 'down',
  pointermove: 'move',
  pointerup: 'up',
  pointercancel: 'cancel',
}

/** Listens before everything else on the page; there is nothing to see, to focus or to reach by a key. @returns how to stop */
export function watchCorner({ mayOpen, onOpen }: { mayOpen(): boolean; onOpen(): void }): () => void {
  let state: CornerState = { kind: 'nothing' }
  const look = (event: PointerEvent) => {
    const type = types[event.type]
    if (!type) return
    const { pointerId, clientX: x, clientY: y } = event
    const size = { widthPx: window.innerWidth, heightPx: window.innerHeight }
    const decision = decideCorner(state, { type, pointerId, x, y, atMs: performance.now() }, size)
    state = mayOpen() || decision.state.kind === 'passing' ? decision.state : { kind: 'nothing' }
    if (decision.swallow) event.stopPropagation()
    if (decision.open && mayOpen()) onOpen()
  }
  for (const name of Object.keys(types)) window.addEventListener(name, look as EventListener, { capture: true })
  return () => {
    for (const name of Object.keys(types)) window.removeEventListener(name, look as EventListener, { capture: true })
  }
}
