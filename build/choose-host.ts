import { installedBrowser } from '../electron/chromium/installed-browser.ts'
import { electronBinary } from './electron-binary.ts'

export type ChosenHost = { kind: 'electron' | 'chromium' | 'headless'; why: string }

export function decideHost(machine: {
  headless: boolean
  display: boolean
  electron: { path: string } | { missing: string }
  browser: string | null
}): ChosenHost {
  if (machine.headless)
    return { kind: 'headless', why: 'host: none (--headless); open the kiosk URL in any browser on this machine' }
  if (!machine.display)
    return { kind: 'headless', why: 'host: none, this machine has no display; open the kiosk URL in any browser on it' }
  if ('path' in machine.electron) return { kind: 'electron', why: `host: Electron (${machine.electron.path})` }
  if (machine.browser)
    return { kind: 'chromium', why: `host: Chromium (${machine.browser}), because ${machine.electron.missing}` }
  return {
    kind: 'headless',
    why: `host: none, because ${machine.electron.missing} and no Chromium is installed; open the kiosk URL in any browser on this machine`,
  }
}

/** Electron where its binary is there or can be fetched, else an installed Chromium, else a URL. */
export async function chooseHost(options: { headless: boolean }): Promise<ChosenHost> {
  const display = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY) || process.platform !== 'linux'
  const wanted = !options.headless && display
  return decideHost({
    headless: options.headless,
    display,
    electron: wanted ? await electronBinary() : { missing: 'it was not looked for' },
    browser: installedBrowser(process.env),
  })
}
