import { mdiHumanChild } from '@mdi/js'
import { childrenSwitch } from '../../i18n/library/children.ts'
import { useVisit } from '../../state/visit-store.ts'
import { Icon } from '../../ui/icon.tsx'
import { Touch } from '../../ui/touch.tsx'

/** Kana and ruby are for those who read Japanese. */
export function ChildrenSwitch() {
  const language = useVisit((visit) => visit.language)
  const on = useVisit((visit) => visit.children)
  if (language !== 'ja') return null
  return (
    <Touch
      name="library-children"
      className="chip library-children"
      pressed={on}
      onTouch={() => useVisit.getState().set({ children: !on })}
    >
      <Icon path={mdiHumanChild} className="icon" />
      <span>{on ? childrenSwitch.off : childrenSwitch.on}</span>
    </Touch>
  )
}
