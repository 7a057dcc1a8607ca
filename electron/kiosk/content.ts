import { type AttractContent, type AttractView, attractContentSchema } from '../../contract/menus/attract.ts'
import { type InternetContent, internetContentSchema } from '../../contract/menus/internet.ts'
import { type LibraryContent, libraryContentSchema } from '../../contract/menus/library.ts'
import { type TourismContent, type TourismView, tourismContentSchema } from '../../contract/menus/tourism.ts'
import { attractView } from './menus/attract/attract-view.ts'
import { tourismView } from './menus/tourism/tourism-view.ts'

/** The release on screen, as far as the menus need it. */
export type CurrentRelease = { number: number; menus: readonly string[]; readMenu(menu: string): unknown }

/**
 * What the menus make of the release on screen. A release is checked against the same schemas before it is activated, so a menu that cannot
 * be read here is one that the release does not have: it is shown empty, and the screen leaves its tile out.
 */
export function createContent(current: () => CurrentRelease) {
  const tourism = remembered<TourismContent>(current, 'tourism', tourismContentSchema, { sights: [], events: [] })
  const attract = remembered<AttractContent>(current, 'attract', attractContentSchema, { slides: [] })
  const internet = remembered<InternetContent | null>(current, 'internet', internetContentSchema, null)
  const library = remembered<LibraryContent | null>(current, 'library', libraryContentSchema, null)
  return {
    internet,
    library,
    tourismView: (nowMs: number): TourismView => tourismView(tourism(), current().number, nowMs),
    attractView: (nowMs: number): AttractView => attractView(attract(), current().number, nowMs),
  }
}

/** Read and checked once per release. */
function remembered<T>(
  current: () => CurrentRelease,
  menu: string,
  schema: { parse(content: unknown): T },
  empty: T,
): () => T {
  let known: { number: number; content: T } | null = null
  return () => {
    const release = current()
    if (known?.number !== release.number) {
      const content = release.menus.includes(menu) ? schema.parse(release.readMenu(menu)) : empty
      known = { number: release.number, content }
    }
    return known.content
  }
}
