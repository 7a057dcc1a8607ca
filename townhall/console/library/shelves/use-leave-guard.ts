import { useEffect, useRef, useState } from 'react'
import { guardLeaving } from '../../app/route.ts'

/** While something is not saved, whoever leaves is asked. @param onLeave when it is given up */
export function useLeaveGuard(active: boolean, onLeave: () => void) {
  const [asked, setAsked] = useState(false)
  const going = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (!active) return
    return guardLeaving((go) => {
      going.current = go
      setAsked(true)
    })
  }, [active])
  const close = () => {
    going.current = null
    setAsked(false)
  }
  return {
    asked,
    stay: close,
    leave(): void {
      const go = going.current
      close()
      onLeave()
      go?.()
    },
  }
}
