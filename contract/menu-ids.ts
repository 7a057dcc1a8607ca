import { z } from 'zod'

/** The seven counted menus, in the order of the town's table (芽室町電子自治体構想). The order is an interface: reports and home keep it. */
export const countedMenuIds = ['tourism', 'map', 'internet', 'library', 'council', 'facilities', 'townhall'] as const

/** Menus on the home screen that the town's table does not count. */
export const uncountedMenuIds = ['guide', 'survey'] as const

export const menuIds = [...countedMenuIds, ...uncountedMenuIds] as const

export const countedMenuIdSchema = z.enum(countedMenuIds)
export const menuIdSchema = z.enum(menuIds)

export type CountedMenuId = z.infer<typeof countedMenuIdSchema>
export type MenuId = z.infer<typeof menuIdSchema>

/** メニュー as the town's table writes it. */
export const menuNamesJa: Record<MenuId, string> = {
  tourism: '観光・イベント',
  map: 'MAP検索',
  internet: '体験インターネット',
  library: '図書検索',
  council: '議会中継',
  facilities: '施設利用状況',
  townhall: '役場探訪・目安箱',
  guide: 'くらしのガイド',
  survey: 'アンケート',
}
