import { useEffect, useRef } from 'react'
import type { GuardedTouch, InternetPlace } from '../../../contract/menus/internet.ts'

const againMs = 400

/** The guarded page as pictures on a canvas; fingers on it go back as touches. Nothing of the page itself is here, so nothing of it can leave its frame. */
export function GuardedPicture({ label, size }: { label: string; size: InternetPlace }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    return element ? connect(element, size) : undefined
  }, [size])
  return <canvas ref={canvas} className="guarded" data-name="guarded" role="img" aria-label={label} />
}

function connect(canvas: HTMLCanvasElement, size: InternetPlace): () => void {
  const pen = canvas.getContext('2d', { alpha: false, desynchronized: true })
  let socket: WebSocket | null = null
  let ended = false
  let again: ReturnType<typeof setTimeout> | undefined

  function open(): void {
    const opened = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/guarded`)
    opened.binaryType = 'blob'
    opened.onmessage = ({ data }) => void draw(data, opened)
    opened.onclose = () => {
      socket = null
      if (!ended) again = setTimeout(open, againMs)
    }
    socket = opened
  }

  async function draw(data: unknown, from: WebSocket): Promise<void> {
    if (!(data instanceof Blob)) return
    try {
      const picture = await createImageBitmap(data)
      if (canvas.width !== picture.width || canvas.height !== picture.height) {
        canvas.width = picture.width
        canvas.height = picture.height
      }
      pen?.drawImage(picture, 0, 0)
      picture.close()
    } finally {
      if (from.readyState === WebSocket.OPEN) from.send('{"drawn":true}')
    }
  }

  const fingers = new Map<number, { x: number; y: number }>()
  const places = () => [...fingers].map(([id, { x, y }]) => ({ id, x, y }))
  let moved = false

  function say(phase: GuardedTouch['phase'], points: GuardedTouch['points']): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ phase, points } satisfies GuardedTouch))
  }
  function at(event: PointerEvent): { x: number; y: number } {
    const box = canvas.getBoundingClientRect()
    return {
      x: ((event.clientX - box.left) / box.width) * size.widthPx,
      y: ((event.clientY - box.top) / box.height) * size.heightPx,
    }
  }
  function down(event: PointerEvent): void {
    event.preventDefault()
    canvas.setPointerCapture(event.pointerId)
    if (fingers.size >= 10) return
    fingers.set(event.pointerId, at(event))
    say('start', places())
  }
  /** A frame has room for one place of each finger. */
  function move(event: PointerEvent): void {
    if (!fingers.has(event.pointerId)) return
    fingers.set(event.pointerId, at(event))
    if (moved) return
    moved = true
    requestAnimationFrame(() => {
      moved = false
      if (fingers.size > 0) say('move', places())
    })
  }
  function up(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId)) return
    say(event.type === 'pointercancel' ? 'cancel' : 'end', event.type === 'pointercancel' ? [] : places())
    if (event.type === 'pointercancel') fingers.clear()
  }

  canvas.addEventListener('pointerdown', down)
  canvas.addEventListener('pointermove', move)
  canvas.addEventListener('pointerup', up)
  canvas.addEventListener('pointercancel', up)
  open()
  return () => {
    ended = true
    clearTimeout(again)
    socket?.close()
    canvas.removeEventListener('pointerdown', down)
    canvas.removeEventListener('pointermove', move)
    canvas.removeEventListener('pointerup', up)
    canvas.removeEventListener('pointercancel', up)
  }
}
