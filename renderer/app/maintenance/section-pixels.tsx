import { useState } from 'react'
import { Key } from './key.tsx'
import { useService } from './service-context.ts'
import { fill } from './words.ts'

/** `frame` shows edges that the panel cuts off; `checker` and `lines` what a cable or a scaler blurs; `ramp` steps that run together. */
const patterns = ['white', 'black', 'red', 'green', 'blue', 'grey', 'ramp', 'checker', 'lines', 'frame'] as const

export function PixelsSection() {
  const { words } = useService()
  const [at, setAt] = useState<number | null>(null)
  const n = patterns.length
  return (
    <>
      <p className="service-how">{fill(words.pixelsHow, { n })}</p>
      <Key name="pixels-begin" className="action action-main service-begin" onPress={() => setAt(0)}>
        {words.begin}
      </Key>
      {at !== null && (
        <Key
          name="pixels-next"
          className={`pixels pixels-${patterns[at]}`}
          label={fill(words.nextPattern, { at: at + 1, n })}
          onPress={() => setAt(at + 1 < n ? at + 1 : null)}
        />
      )}
    </>
  )
}
