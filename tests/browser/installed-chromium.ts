import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where this machine's Chromium is; null: the tests that need one are skipped, and counted as that. */
export const chromiumPath =
  [process.env.CHROMIUM_PATH ?? '', ...places].find((path) => path !== '' && existsSync(path)) ?? null

if (chromiumPath === null)
  console.error('skipped: no Chromium on this machine; the tests of the screen itself need one (CHROMIUM_PATH)')

export function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('no Chromium on this machine')
  return chromium.launch({ executablePath: chromiumPath })
}
