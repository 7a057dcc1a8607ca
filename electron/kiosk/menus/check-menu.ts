import { attractContentSchema } from '../../../contract/menus/attract.ts'
import { internetContentSchema } from '../../../contract/menus/internet.ts'
import { libraryContentSchema } from '../../../contract/menus/library.ts'
import { tourismContentSchema } from '../../../contract/menus/tourism.ts'
import { tourismView } from './tourism/tourism-view.ts'

const checks: Record<string, (content: unknown) => void> = {
  tourism: (content) => void tourismView(tourismContentSchema.parse(content), 0, 0),
  internet: (content) => void internetContentSchema.parse(content),
  library: (content) => void libraryContentSchema.parse(content),
  attract: (content) => void attractContentSchema.parse(content),
}

/** Throws when this program could not show the content. A menu it does not know is of a newer town and does no harm. */
export function checkMenu(menu: string, content: unknown): void {
  checks[menu]?.(content)
}
