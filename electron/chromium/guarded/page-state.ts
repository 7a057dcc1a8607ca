import { z } from 'zod'
import type { GuardedPage } from '../../kiosk/internet/guarded-browser.ts'
import type { DevtoolsAnswer } from '../devtools-pipe.ts'

const historySchema = z.object({
  currentIndex: z.number().int(),
  entries: z.array(z.object({ id: z.number().int(), url: z.string(), title: z.string() })),
})

/** What the bar over the page says of it. */
export function createPageState(history: () => Promise<DevtoolsAnswer>, onChange: (page: GuardedPage) => void) {
  let page: GuardedPage = { site: '', title: '', loading: false, canBack: false, canForward: false, typing: 'no' }

  function set(change: Partial<GuardedPage>): void {
    const next = { ...page, ...change }
    if (JSON.stringify(next) === JSON.stringify(page)) return
    page = next
    onChange(page)
  }

  /** The entries of a visit to the web; the empty page that each session begins with is none. */
  async function entries() {
    const { currentIndex, entries: all } = historySchema.parse(await history())
    const isPage = (index: number) => /^https?:/.test(all[index]?.url ?? '')
    return { currentIndex, all, isPage }
  }

  return {
    /** Another site does not stand under the title of the one before. */
    loads: (site: string) => set({ site, loading: true, ...(site === page.site ? {} : { title: '' }) }),
    titled: (title: string) => set({ title }),
    typing: (typing: GuardedPage['typing']) => set({ typing }),
    loading: (loading: boolean) => set({ loading }),
    async look(): Promise<void> {
      const { currentIndex, all, isPage } = await entries().catch(() => ({
        currentIndex: 0,
        all: [],
        isPage: () => false,
      }))
      const here = all[currentIndex]
      set({
        site: here && isPage(currentIndex) ? new URL(here.url).hostname : page.site,
        title: here?.title ?? '',
        canBack: isPage(currentIndex - 1),
        canForward: isPage(currentIndex + 1),
      })
    },
    /** @returns the id of the entry to go to, null when there is none that way */
    async step(by: 1 | -1): Promise<number | null> {
      const { currentIndex, all, isPage } = await entries().catch(() => ({
        currentIndex: 0,
        all: [],
        isPage: () => false,
      }))
      return isPage(currentIndex + by) ? (all[currentIndex + by]?.id ?? null) : null
    },
  }
}
