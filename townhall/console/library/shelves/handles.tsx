import { type PointerEvent, useRef } from 'react'
import { decideTwice, untouched } from './decide-twice.ts'
import { cornerAdded, cornerRemoved, type Dot, frameOf } from './shape.ts'

type Held = { kind: 'resize'; corner: number } | { kind: 'corner'; at: number } | { kind: 'turn' }
type Props = {
  dots: readonly Dot[]
  /** Dots of the plan to what is a px on a screen of the usual width. */
  size: number
  byCorner: boolean
  onHold(event: PointerEvent, held: Held): void
  onAdd(dots: readonly Dot[]): void
  onDrop(dots: readonly Dot[]): void
}

/** What a shelf is taken hold of by: the corners of its box and a knob to turn it, or each of its own corners. */
export function Handles({ dots, size, byCorner, onHold, onAdd, onDrop }: Props) {
  // A finger makes no double click where it may not scroll.
  const last = useRef(untouched)
  if (byCorner)
    return (
      <g className="plan-handles">
        {dots.map((corner, at) => {
          const next = dots[(at + 1) % dots.length] ?? corner
          const middle: Dot = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2]
          return (
            <Grip
              // biome-ignore lint/suspicious/noArrayIndexKey: the sides of one shelf in their order
              key={`side ${at}`}
              at={middle}
              size={size}
              kind="add"
              onPointerDown={(event) => {
                event.stopPropagation()
                const more = cornerAdded(dots, at)
                if (more !== null) onAdd(more)
              }}
            />
          )
        })}
        {dots.map((corner, at) => (
          <Grip
            // biome-ignore lint/suspicious/noArrayIndexKey: the corners of one shelf in their order
            key={`corner ${at}`}
            at={corner}
            size={size}
            kind="corner"
            onPointerDown={(event) => {
              const { twice, touched } = decideTwice(last.current, at, event.timeStamp)
              last.current = touched
              const fewer = twice ? cornerRemoved(dots, at) : null
              if (fewer === null) onHold(event, { kind: 'corner', at })
              else {
                event.stopPropagation()
                onDrop(fewer)
              }
            }}
          />
        ))}
      </g>
    )
  const frame = frameOf(dots)
  const knob = knobOf(frame, size)
  return (
    <g className="plan-handles">
      <polygon className="plan-frame" points={frame.join(' ')} vectorEffect="non-scaling-stroke" />
      <line x1={knob.foot[0]} y1={knob.foot[1]} x2={knob.at[0]} y2={knob.at[1]} vectorEffect="non-scaling-stroke" />
      <Grip at={knob.at} size={size} kind="turn" onPointerDown={(event) => onHold(event, { kind: 'turn' })} />
      {frame.map((corner, at) => (
        <Grip
          // biome-ignore lint/suspicious/noArrayIndexKey: the corners of one box in their order
          key={at}
          at={corner}
          size={size}
          kind="size"
          onPointerDown={(event) => onHold(event, { kind: 'resize', corner: at })}
        />
      ))}
    </g>
  )
}

/** Above the first side; below the box where that would lie outside the plan. */
function knobOf(frame: readonly Dot[], size: number): { foot: Dot; at: Dot } {
  const [first, second, third] = [frame[0] ?? [0, 0], frame[1] ?? [0, 0], frame[2] ?? [0, 0]]
  const [upX, upY] = [second[0] - third[0], second[1] - third[1]]
  const length = Math.hypot(upX, upY) || 1
  const away: Dot = [(upX / length) * 30 * size, (upY / length) * 30 * size]
  const foot: Dot = [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2]
  if (foot[1] + away[1] > 12 * size) return { foot, at: [foot[0] + away[0], foot[1] + away[1]] }
  const other: Dot = [foot[0] - upX, foot[1] - upY]
  return { foot: other, at: [other[0] - away[0], other[1] - away[1]] }
}

function Grip(props: {
  at: Dot
  size: number
  kind: 'size' | 'turn' | 'corner' | 'add'
  onPointerDown(event: PointerEvent): void
}) {
  const { at, size, kind } = props
  return (
    <g className="plan-grip" data-kind={kind} onPointerDown={props.onPointerDown}>
      <circle className="plan-grip-room" cx={at[0]} cy={at[1]} r={18 * size} />
      <circle cx={at[0]} cy={at[1]} r={(kind === 'add' ? 5 : 7) * size} vectorEffect="non-scaling-stroke" />
    </g>
  )
}
