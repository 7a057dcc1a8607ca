import { type Browser, chromium } from 'playwright-core'
import { installedBrowser } from '../../electron/chromium/installed-browser.ts'

/** Where this machine's Chromium is; null: the tests that need one are skipped, and counted as that. */
export const chromiumPath = installedBrowser(process.env)

if (chromiumPath === null)
  console.error('skipped: no Chromium on this machine; the tests of the screen itself need one (CHROMIUM_PATH)')

export function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('no Chromium on this machine')
  return chromium.launch({ executablePath: chromiumPath })
}
