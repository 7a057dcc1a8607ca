import { mdiGestureTap } from '@mdi/js'
import { Icon } from '../ui/icon.tsx'
import { afterNextFrame, Touch } from '../ui/touch.tsx'

/** The facility is closed, and nobody is here: black, with a dim word for whoever has stayed. The first touch begins a visit all the same. */
export function DarkScreen({ onBegin }: { onBegin(): void }) {
  return (
    <main className="dark" onPointerUp={() => afterNextFrame(onBegin)}>
      <Touch name="begin" className="dark-call" onTouch={onBegin}>
        <Icon path={mdiGestureTap} className="icon" />
        <span>画面にふれると使えます</span>
        <span lang="en">Touch to use</span>
      </Touch>
    </main>
  )
}
