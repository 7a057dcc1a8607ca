import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { GuardedBrowser, GuardedSession } from '../../kiosk/internet/guarded-browser.ts'
import { type LaunchedBrowser, launchBrowser } from '../launch-browser.ts'
import { guardedFlags, guardedPreferences } from './guarded-flags.ts'
import { startGuardedSession } from './guarded-session.ts'

type Options = {
  program: string
  /** For profiles, each made for one visitor and removed after. */
  folder: string
  environment: NodeJS.ProcessEnv
  uptimeMs: () => number
  /** Beside the flags of the product; for a test whose site has a certificate of its own. */
  furtherFlags?: readonly string[]
}

const size = { widthPx: 1080, heightPx: 1920 }
const againAfterMs = 5_000

/**
 * The guarded browser under Chromium: for each visitor a browser of his own, without a window, whose page is shown as pictures. One is kept
 * warm, so that a visitor waits for a page and not for a program. Ending it ends every trace: nothing of it is in another process or folder.
 */
export function createGuardedBrowser(options: Options): GuardedBrowser {
  let made = 0
  let closed = false
  let warm: Promise<LaunchedBrowser> | null = null
  const running = new Set<LaunchedBrowser>()
  rmSync(options.folder, { recursive: true, force: true })

  async function launch(): Promise<LaunchedBrowser> {
    made += 1
    mkdirSync(options.folder, { recursive: true, mode: 0o700 })
    const launched = await launchBrowser({
      program: options.program,
      profileDir: join(options.folder, `visitor-${made}`),
      headless: true,
      environment: options.environment,
      size,
      flags: (machine) => [...guardedFlags(machine), ...(options.furtherFlags ?? [])],
      preferences: guardedPreferences,
    })
    running.add(launched)
    void launched.ended.then(() => running.delete(launched))
    return launched
  }

  function keepWarm(): void {
    if (closed || warm !== null) return
    const next = launch()
    warm = next
    next.then(
      (launched) =>
        // One that ends unused is replaced, but not in a hurry.
        void launched.ended.then(() => {
          if (warm === next) again(next)
        }),
      () => again(next),
    )
  }

  function again(failed: Promise<LaunchedBrowser>): void {
    setTimeout(() => {
      if (warm !== failed) return
      warm = null
      keepWarm()
    }, againAfterMs).unref()
  }

  async function take(): Promise<LaunchedBrowser> {
    const next = warm
    warm = null
    const launched = await next?.catch(() => null)
    return launched && running.has(launched) ? launched : launch()
  }

  keepWarm()
  return {
    shown: 'picture',
    async open(opened, tell): Promise<GuardedSession> {
      const browser = await take()
      try {
        const session = await startGuardedSession(browser, opened, tell, options.uptimeMs)
        return {
          ...session,
          async end() {
            session.forget()
            await browser.kill()
            keepWarm()
          },
        }
      } catch (error) {
        await browser.kill()
        keepWarm()
        throw error
      }
    },
    async close() {
      closed = true
      await warm?.catch(() => undefined)
      await Promise.all([...running].map((one) => one.kill()))
      rmSync(options.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    },
  }
}
