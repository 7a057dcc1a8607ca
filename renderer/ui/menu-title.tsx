import { Icon } from './icon.tsx'
import { menuIcons, type ShownMenu } from './menu-icons.ts'

/** The menu's colour and icon, kept from its tile to here; then which part of it this is. */
export function MenuTitle({ menu, title, part }: { menu: ShownMenu; title: string; part?: string }) {
  return (
    <h1 className="title menu-title">
      <span className={`menu-mark menu-${menu}`}>
        <Icon path={menuIcons[menu]} />
      </span>
      <span className="menu-words">
        <span>
          {title}
          {part && <span aria-hidden="true"> 〉</span>}
        </span>{' '}
        {part && <span>{part}</span>}
      </span>
    </h1>
  )
}
