import { type Browser, chromium } from 'playwright-core'
import { percentile } from './touch-frames.ts'
import { webPages } from './web-pages.ts'
import { drag } from './web-visitor.ts'

type Size = { width: number; height: number }
const rounds = 10

/** The page painted in a new context of a browser that runs. */
export async function openLimit(browser: Browser, viewport: Size): Promise<number> {
  const tookMs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now()
    const context = await browser.newContext({ viewport })
    const page = await context.newPage()
    await page.setContent(webPages['/'] ?? '')
    await page.evaluate(() => new Promise((go) => requestAnimationFrame(() => setTimeout(go))))
    tookMs.push(performance.now() - began)
    await context.close()
  }
  return percentile(tookMs, 0.5)
}

/** Pictures a second that Chromium gives of the long page as it is scrolled, when nobody looks at them. */
export async function scrollLimit(executablePath: string, { width, height }: Size): Promise<number> {
  const viewport = { width: Math.round(width), height: Math.round(height) }
  const browser = await chromium.launch({ executablePath })
  try {
    const context = await browser.newContext({ viewport, hasTouch: true })
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await page.setContent(webPages['/long'] ?? '')
    let frames = 0
    cdp.on('Page.screencastFrame', ({ sessionId }) => {
      frames += 1
      // The last one may come as the browser closes.
      void cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
    })
    await cdp.send('Page.startScreencast', {
      format: 'jpeg',
      quality: 80,
      maxWidth: viewport.width,
      maxHeight: viewport.height,
    })
    await new Promise((go) => setTimeout(go, 1_000))
    frames = 0
    const began = performance.now()
    while (performance.now() - began < 4_000) await drag(cdp, { x: 0, y: 0, ...viewport })
    return Math.round(frames / ((performance.now() - began) / 1_000))
  } finally {
    await browser.close()
  }
}

/** From the finger to the end of the frame in which the page has changed, in the visitor's own browser. */
export async function answerLimit(browser: Browser, viewport: Size): Promise<number> {
  const context = await browser.newContext({ viewport, hasTouch: true })
  const page = await context.newPage()
  await page.setContent(webPages['/colour'] ?? '')
  const tookMs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const timing = await page.evaluateHandle(() => ({
      timed: new Promise<number>((done) =>
        window.addEventListener(
          'pointerdown',
          ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - timeStamp))),
          { once: true },
        ),
      ),
    }))
    await page.touchscreen.tap(200, 200)
    tookMs.push(await timing.evaluate(({ timed }) => timed))
    await timing.dispose()
  }
  await context.close()
  return percentile(tookMs, 0.5)
}
