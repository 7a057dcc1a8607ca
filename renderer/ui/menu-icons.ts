import { mdiBookSearch, mdiCamera, mdiWeb } from '@mdi/js'

/** Menus that are built. Another one joins here with its icon, its words and its folder. */
export type ShownMenu = 'tourism' | 'internet' | 'library'
export const menuIcons: Record<ShownMenu, string> = { tourism: mdiCamera, internet: mdiWeb, library: mdiBookSearch }
