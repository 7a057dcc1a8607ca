import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium of this machine: `CHROMIUM_PATH`, else where the packages put it; null when there is none. */
export function installedBrowser(environment: NodeJS.ProcessEnv): string | null {
  return [environment.CHROMIUM_PATH ?? '', ...places].find((path) => path !== '' && existsSync(path)) ?? null
}
