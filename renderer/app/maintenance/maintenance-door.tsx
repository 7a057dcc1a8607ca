import { type ReactNode, useEffect, useState } from 'react'
import type { KioskLine } from '../../state/kiosk-line.ts'
import { useVisit } from '../../state/visit-store.ts'
import { watchCorner } from './watch-corner.ts'

type Screen = typeof import('./maintenance.tsx').Maintenance

/** Where visitors stand there is nothing; the hidden corner of the first two screens puts the service screen in their place. Its program is loaded only then. */
export function MaintenanceDoor({ line, onOpen, children }: { line: KioskLine; onOpen(): void; children: ReactNode }) {
  const [screen, setScreen] = useState<{ Maintenance: Screen } | null>(null)
  useEffect(() => {
    let there = true
    const open = async () => {
      const door = await line.maintenance()?.door()
      // Without a PIN there is no door: not even the touch has an effect.
      if (!door || door.state === 'none') return
      const { Maintenance } = await import('./maintenance.tsx')
      if (!there) return
      onOpen()
      setScreen({ Maintenance })
    }
    const stop = watchCorner({
      mayOpen: () => useVisit.getState().way.length === 0,
      onOpen: () => void open().catch(() => undefined),
    })
    return () => {
      there = false
      stop()
    }
  }, [line, onOpen])
  if (screen === null) return children
  return <screen.Maintenance line={line} onClose={() => setScreen(null)} />
}
