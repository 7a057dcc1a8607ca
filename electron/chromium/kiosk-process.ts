// The kiosk process where a Chromium shows its screen, or a browser of the developer's (--host headless):
//   node electron/chromium/kiosk-process.ts --config FILE --data DIR --release0 DIR --screen DIR --host headless|chromium [--port N] [--hub URL [--code CODE]] [--pin-file FILE]
import { join } from 'node:path'
import { serveKiosk } from '../kiosk/serve-kiosk.ts'
import { createGuardedBrowser } from './guarded/guarded-browser.ts'
import { installedBrowser } from './installed-browser.ts'

await serveKiosk(({ data }) => {
  const program = installedBrowser(process.env)
  if (program === null) return null
  return createGuardedBrowser({
    program,
    folder: join(data, 'guarded'),
    environment: process.env,
    uptimeMs: () => performance.now(),
  })
})
