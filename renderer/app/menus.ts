import type { MenuId } from '../../contract/menu-ids.ts'
import type { ShownMenu } from '../ui/menu-icons.ts'

/** The order of the town's table (PRODUCT: the seven counted menus), then the others. */
const order = [
  'tourism',
  'map',
  'internet',
  'library',
  'council',
  'facilities',
  'townhall',
  'guide',
  'survey',
] satisfies MenuId[]
const built: ReadonlySet<string> = new Set<ShownMenu>(['tourism', 'internet', 'library'])

/** Tiles to show: built, enabled here, and with something behind them, in the town's order. A menu that would do nothing has no tile. */
export function shownMenus(enabled: readonly MenuId[], empty: readonly MenuId[]): ShownMenu[] {
  return order.filter((menu): menu is ShownMenu => built.has(menu) && enabled.includes(menu) && !empty.includes(menu))
}
