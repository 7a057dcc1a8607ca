import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { startChild } from '../build/child.ts'
import { readyUrl } from '../build/host-scripts.ts'
import { buildRelease0, release0Dir } from '../build/release0.ts'
import { buildVisitorScreen, rendererDir } from '../build/screens.ts'
import { installedBrowser } from '../electron/chromium/installed-browser.ts'

const root = join(import.meta.dirname, '..')
export const viewport = { width: 1080, height: 1920 }

type Place = { url: string; executablePath: string; scratch: string }

/** A kiosk in a process of its own, which never saw a hub, for as long as `use` takes. */
export async function withKiosk(use: (place: Place) => Promise<void>): Promise<void> {
  const executablePath = installedBrowser(process.env)
  if (executablePath === null) throw new Error('this bench needs a Chromium (CHROMIUM_PATH)')
  await buildVisitorScreen(console.error)
  await buildRelease0(console.error)
  const scratch = mkdtempSync(join(tmpdir(), 'bench-touch-'))
  const kiosk = startChild(
    join(root, 'electron/chromium/kiosk-process.ts'),
    [
      ...['--config', join(root, 'kiosk-config/chuo-kominkan.json'), '--data', join(scratch, 'kiosk')],
      ...['--release0', release0Dir, '--screen', rendererDir, '--host', 'headless'],
    ],
    { cwd: root, name: 'kiosk', quiet: true },
  )
  try {
    await use({ url: await kiosk.line(readyUrl), executablePath, scratch })
  } finally {
    await kiosk.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** `throttle`: so many times slower than this machine, the page's own thread alone. */
export async function onPage<T>(
  browser: Browser,
  throttle: number,
  open: (page: Page) => Promise<unknown>,
  measure: (page: Page, cdp: CDPSession) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport, hasTouch: true })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await open(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  const result = await measure(page, cdp)
  await context.close()
  return result
}
