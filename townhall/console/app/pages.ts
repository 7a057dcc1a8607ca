import {
  mdiAccountGroupOutline,
  mdiBookOpenPageVariantOutline,
  mdiBroadcast,
  mdiCogOutline,
  mdiHistory,
  mdiMonitorDashboard,
  mdiTableLarge,
} from '@mdi/js'
import type { Role } from '../../../contract/hub-api.ts'

export type PageName = 'reports' | 'kiosks' | 'library' | 'releases' | 'staff' | 'audit' | 'me'
type PageEntry = { name: PageName; path: string; title: string; icon: string; roles: readonly Role[] | 'everybody' }

/** In the order of the navigation. */
export const pages: readonly PageEntry[] = [
  { name: 'reports', path: '/reports', title: '利用集計', icon: mdiTableLarge, roles: ['administrator'] },
  { name: 'kiosks', path: '/kiosks', title: '端末', icon: mdiMonitorDashboard, roles: ['administrator'] },
  {
    name: 'library',
    path: '/library',
    title: '図書館',
    icon: mdiBookOpenPageVariantOutline,
    roles: ['administrator', 'editor', 'approver'],
  },
  { name: 'releases', path: '/published', title: '公開の記録', icon: mdiBroadcast, roles: 'everybody' },
  { name: 'staff', path: '/staff', title: '職員', icon: mdiAccountGroupOutline, roles: ['administrator'] },
  { name: 'audit', path: '/audit', title: '操作の記録', icon: mdiHistory, roles: ['administrator'] },
  { name: 'me', path: '/me', title: 'わたしの設定', icon: mdiCogOutline, roles: 'everybody' },
]

export const pagesFor = (role: Role) => pages.filter((page) => page.roles === 'everybody' || page.roles.includes(role))
