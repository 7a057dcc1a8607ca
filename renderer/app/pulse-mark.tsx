import { useEffect, useState } from 'react'

const everyMs = 1_000

/**
 * A few pixels in the corner that change every second, hardly to be seen on any ground.
 * The host looks at them from outside: a screen that says it is well while its pixels stand still is found out.
 */
export function PulseMark() {
  const [light, setLight] = useState(false)
  useEffect(() => {
    const timer = setInterval(() => setLight((before) => !before), everyMs)
    return () => clearInterval(timer)
  }, [])
  return <div aria-hidden="true" className={light ? 'pulse-mark pulse-mark-light' : 'pulse-mark'} />
}
