import type { CDPSession, Page } from 'playwright-core'

export type Memory = { sessions: number; heapBytes: number; nodes: number; listeners: number }

/** Memory of the page after so many visitors, each through home, a menu, a list and a detail, in another language, and おわる. */
export async function measureMemory(page: Page, cdp: CDPSession, marks: readonly number[]): Promise<Memory[]> {
  await cdp.send('HeapProfiler.enable')
  const found: Memory[] = []
  let done = 0
  for (const mark of marks) {
    while (done < mark) {
      const some = Math.min(100, mark - done)
      await page.evaluate(visitSessions, some)
      done += some
      if (done % 1_000 === 0) console.error(`${done} visitors`)
    }
    await cdp.send('HeapProfiler.collectGarbage')
    await cdp.send('HeapProfiler.collectGarbage')
    const { usedSize } = await cdp.send('Runtime.getHeapUsage')
    const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters')
    found.push({ sessions: done, heapBytes: usedSize, nodes, listeners: jsEventListeners })
  }
  return found
}

/** Runs in the page. Its clock is put forward with every touch, so that none of them is a second strike. */
async function visitSessions(count: number): Promise<void> {
  const page = window as typeof window & { forwardMs?: number }
  if (page.forwardMs === undefined) {
    page.forwardMs = 0
    const real = performance.now.bind(performance)
    performance.now = () => real() + (page.forwardMs ?? 0)
  }
  const next = () =>
    new Promise<void>((resolve) => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        channel.port1.close()
        resolve()
      }
      channel.port2.postMessage(0)
    })
  const touch = async (selector: string, then: string) => {
    page.forwardMs = (page.forwardMs ?? 0) + 1_000
    document.querySelector<HTMLElement>(selector)?.click()
    while (!document.querySelector(then)) await next()
  }
  for (let session = 0; session < count; session += 1) {
    await touch('[data-name="begin"]', '[data-name="menu-tourism"]')
    await touch('[data-name="menu-tourism"]', '[data-name="entry-sights"]')
    await touch('[data-name="entry-sights"]', '.sight-card')
    await touch('.sight-card', '.facts')
    await touch('[data-name="language"]', '[data-name="choice-en"]')
    await touch('[data-name="choice-en"]', 'html[lang="en"] .facts')
    await touch('[data-name="end"]', 'html[lang="ja"] [data-name="begin"]')
  }
}
