import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { installedBrowser } from '../../electron/chromium/installed-browser.ts'

/** Where this machine's Chromium is; null: the tests that need one are skipped, and counted as that. */
export const chromiumPath = installedBrowser(process.env)

if (chromiumPath === null)
  console.error('skipped: no Chromium on this machine; the tests of the screen itself need one (CHROMIUM_PATH)')

export function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('no Chromium on this machine')
  return chromium.launch({ executablePath: chromiumPath })
}

/** What a kiosk shows, built, and one browser for the tests of a file or a group. */
export function sharedBrowser(): () => Browser {
  let browser: Browser | null = null
  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())
  return () => {
    if (browser === null) throw new Error('the browser is opened before the first test')
    return browser
  }
}
