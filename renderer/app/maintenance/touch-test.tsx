import { type PointerEvent, useRef, useState } from 'react'
import { cellAt, decideGrid } from './decide-cells.ts'
import { Key } from './key.tsx'
import { useService } from './service-context.ts'
import { fill } from './words.ts'

/** The whole screen as fields that change under a finger, with a line for each finger. */
export function TouchTest({ onEnd }: { onEnd(): void }) {
  const { words } = useService()
  const [size] = useState({ widthPx: window.innerWidth, heightPx: window.innerHeight })
  const [grid] = useState(() => decideGrid(size))
  const [felt, setFelt] = useState<ReadonlySet<number>>(new Set())
  const [fingers, setFingers] = useState({ now: 0, most: 0 })
  const canvas = useRef<HTMLCanvasElement>(null)
  const down = useRef(new Map<number, { x: number; y: number }>())

  const count = () => setFingers(({ most }) => ({ now: down.current.size, most: Math.max(most, down.current.size) }))

  function feel({ pointerId, clientX: x, clientY: y }: PointerEvent): void {
    const before = down.current.get(pointerId) ?? { x, y }
    down.current.set(pointerId, { x, y })
    const pen = canvas.current?.getContext('2d')
    if (pen) {
      pen.lineWidth = 14
      pen.lineCap = 'round'
      pen.strokeStyle = '#0b3c7a'
      pen.beginPath()
      pen.moveTo(before.x, before.y)
      pen.lineTo(x, y)
      pen.stroke()
    }
    const cell = cellAt(grid, size, x, y)
    setFelt((all) => (all.has(cell) ? all : new Set(all).add(cell)))
  }
  function release({ pointerId }: PointerEvent): void {
    down.current.delete(pointerId)
    count()
  }

  const cells = grid.columns * grid.rows
  const left = cells - felt.size
  return (
    <div
      className="touch-test"
      data-name="touch-field"
      onPointerDownCapture={(event) => {
        feel(event)
        count()
      }}
      onPointerMoveCapture={(event) => {
        if (down.current.has(event.pointerId)) feel(event)
      }}
      onPointerUpCapture={release}
      onPointerCancelCapture={release}
    >
      <div className="touch-cells" style={{ gridTemplateColumns: `repeat(${grid.columns}, 1fr)` }}>
        {Array.from({ length: cells }, (_, cell) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field is its place
          <span key={cell} className={felt.has(cell) ? 'touch-cell touch-felt' : 'touch-cell'} />
        ))}
      </div>
      <canvas ref={canvas} className="touch-lines" width={size.widthPx} height={size.heightPx} />
      <div className="touch-said">
        <p className="touch-count">{left === 0 ? words.allTouched : fill(words.left, { n: left })}</p>
        <p>{fill(words.fingers, { n: fingers.now, most: fingers.most })}</p>
        <Key name="touch-end" className="action" onPress={onEnd}>
          {words.stop}
        </Key>
      </div>
    </div>
  )
}
