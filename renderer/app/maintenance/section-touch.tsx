import { useState } from 'react'
import { Key } from './key.tsx'
import { useService } from './service-context.ts'
import { TouchTest } from './touch-test.tsx'

export function TouchSection() {
  const { words } = useService()
  const [running, setRunning] = useState(false)
  return (
    <>
      <p className="service-how">{words.touchHow}</p>
      <Key name="touch-begin" className="action action-main service-begin" onPress={() => setRunning(true)}>
        {words.begin}
      </Key>
      {running && <TouchTest onEnd={() => setRunning(false)} />}
    </>
  )
}
