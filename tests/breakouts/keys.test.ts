import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { chromiumUnderTest } from '../town/hosts/chromium-under-test.ts'
import { accessesIn, type RunningHost, signalAll } from '../town/hosts/host-under-test.ts'
import { breakout } from './breakout.ts'
import { displayMissing, makeDisplay, type OwnDisplay } from './own-display.ts'
import type { BreakoutId } from './rows.ts'

const missing = chromiumUnderTest.missing ?? displayMissing
if (missing !== null) console.error(`skipped: real keys at the screen: ${missing}`)

const ctrl = (keys: string) => [...keys].map((key) => `ctrl+${key}`)
const withCtrlAlt = Array.from({ length: 12 }, (_, index) => `ctrl+alt+F${index + 1}`)

/** As xdotool names keys. On the machine of a facility none of them reaches the browser (appliance-keys.test.ts); this is what holds without that. */
const chords: [BreakoutId, string[]][] = [
  ['K1', ['alt+Tab', 'alt+shift+Tab', 'alt+Escape', 'ctrl+Tab', 'ctrl+shift+Tab']],
  ['K2', ['alt+F4', 'alt+space']],
  ['K3', ['ctrl+alt+Delete', 'ctrl+alt+BackSpace']],
  ['K4', ['ctrl+shift+Escape', 'shift+Escape', 'ctrl+Escape']],
  ['K5', ['super', ...[...'redufl'].map((key) => `super+${key}`), 'super+Tab', 'super+Up']],
  ['K6', [...Array.from({ length: 6 }, () => 'Shift_L'), 'Num_Lock', 'Num_Lock', 'alt+shift+Num_Lock']],
  ['K7', ['F1', 'shift+F1', 'F10', 'alt', 'alt+f', 'alt+e']],
  ['K8', ['F3', 'shift+F3', 'ctrl+f', 'ctrl+g', 'slash', 'apostrophe']],
  ['K9', ['F6', 'shift+F6', 'ctrl+l', 'alt+d', 'ctrl+k', 'ctrl+e']],
  ['K10', ['F11']],
  ['K11', ['F12', 'ctrl+shift+i', 'ctrl+shift+j', 'ctrl+shift+c', 'F7', 'F8', 'F2']],
  ['K12', ['ctrl+o', 'Open']],
  ['K13', ['ctrl+s', 'ctrl+shift+s', 'Save']],
  ['K14', ['ctrl+p', 'ctrl+shift+p']],
  ['K15', ['ctrl+n', 'ctrl+shift+n']],
  ['K16', ['ctrl+t', 'ctrl+shift+t']],
  ['K17', ['ctrl+h', 'ctrl+shift+Delete', 'ctrl+j']],
  ['K18', [...ctrl('bid'), 'ctrl+shift+b', 'ctrl+shift+o', 'ctrl+shift+d', 'ctrl+shift+m']],
  ['K19', ['shift+F10', 'Menu']],
  ['K20', ['ctrl+u']],
  ['K21', ['ctrl+w', 'ctrl+F4', 'ctrl+shift+w', 'ctrl+shift+q', 'ctrl+q', 'ctrl+r', 'F5', 'ctrl+shift+r', 'ctrl+F5']],
  ['K22', withCtrlAlt],
  ['K23', ['ctrl+alt+t', 'alt+F2', 'alt+F1']],
  [
    'K24',
    ['Back', 'Forward', 'Refresh', 'Stop', 'HomePage', 'Search', 'Favorites', 'WWW', 'Mail', 'Calculator', 'Explorer']
      .concat(['AudioPlay', 'AudioNext', 'AudioMute', 'AudioRaiseVolume', 'Tools', 'Launch1', 'Sleep', 'PowerOff'])
      .map((key) => `XF86${key}`),
  ],
  ['K25', ['ctrl+plus', 'ctrl+equal', 'ctrl+minus', 'ctrl+KP_Add', 'ctrl+KP_Subtract', 'ctrl+0', 'ctrl+plus']],
  ['K26', ['Zenkaku_Hankaku', 'Henkan', 'Muhenkan', 'Hiragana_Katakana', 'ctrl+space', 'super+space', 'ctrl+F10']],
  ['K27', ['alt+Left', 'alt+Right', 'alt+Home', 'BackSpace', 'shift+BackSpace']],
  ['K28', ['Print', 'alt+Print', 'shift+Print', 'ctrl+Print']],
]

describe.skipIf(missing !== null)(missing ?? 'a keyboard that is plugged into the Chromium host', () => {
  /** As many pixels as the screen of the first facility, for nothing here makes the window fill the display. */
  const size = '1080x1920'
  const soon = { interval: 100 }
  let folder: string
  let display: OwnDisplay
  let host: RunningHost
  let before: unknown

  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    folder = mkdtempSync(join(tmpdir(), 'keys-'))
    display = await makeDisplay(size)
    vi.stubEnv('DISPLAY', display.name)
    vi.stubEnv('WAYLAND_DISPLAY', undefined)
    host = await chromiumUnderTest.start(folder)
    before = await shown()
  })
  afterAll(async () => {
    await host?.stop()
    await display?.end()
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })

  /** What was pressed before has had its effect by then; and the page has the keyboard: a real key arrives in it, and in nothing that opened. */
  const typingArrives = () =>
    expect
      .poll(async () => {
        await display.press('q')
        return host.evaluate(`(() => {
          globalThis.typed ??= addEventListener('keydown', ({ key, isTrusted }) => { if (isTrusted && key === 'q') typed = 'arrived' }, true) ?? 'nothing'
          const now = typed
          if (now === 'arrived') typed = 'nothing'
          return now
        })()`)
      }, soon)
      .toBe('arrived')

  const shown = async () => ({
    address: await host.address(),
    pages: await host.windows(),
    // Menus, dialogs, the browser's own lists: each is a window of the display.
    windows: (await display.windows()).length,
    page: await host.evaluate(
      `JSON.stringify([innerWidth, innerHeight, devicePixelRatio, visualViewport.scale, String(getSelection()), document.fullscreenElement, scrollX, scrollY, document.documentElement.lang])`,
    ),
    begin: await host.sees('begin'),
    accesses: accessesIn(folder),
  })

  async function nothingChanged(): Promise<void> {
    await typingArrives()
    await expect.poll(() => shown().catch(String), soon).toEqual(before)
  }

  for (const [id, pressed] of chords) {
    breakout(id, `real keys at a real window: ${pressed.join(', ')}: nothing opens, nothing changes`, async () => {
      await display.press(...pressed)
      await nothingChanged()
    })
  }

  breakout('K25', 'the wheel of a mouse with Ctrl held: nothing grows', async () => {
    await display.does(
      'mousemove',
      '500',
      '900',
      'keydown',
      'ctrl',
      'click',
      '4',
      'click',
      '4',
      'click',
      '5',
      'keyup',
      'ctrl',
    )
    await nothingChanged()
  })

  breakout(
    'K27',
    'the buttons of a mouse for back, forward and paste: the page on screen is still the same one',
    async () => {
      await host.evaluate('globalThis.sameOne = true')
      for (const button of ['8', '9', '2', '3']) await display.does('mousemove', '500', '900', 'click', button)
      await typingArrives()
      expect(await host.evaluate('[globalThis.sameOne, history.length].join()')).toBe('true,1')
      // The first of them began a visit, as any finger does: it ends like any other.
      await expect.poll(() => host.sees('end'), soon).toBe(true)
      const ended = async () => {
        if (await host.sees('end')) await host.touch('end')
        return host.sees('begin')
      }
      // A second touch at once would land on the first screen already, and begin the next.
      await expect.poll(ended, { ...soon, interval: 1_000 }).toBe(true)
      await nothingChanged()
    },
  )

  const killPage = async () => signalAll(await host.screenProcesses('renderer'), 'SIGKILL')

  breakout('C4', 'the screen is put up anew in the same browser: what is typed then arrives in the page', async () => {
    const recovered = () => host.logged().filter(({ event }) => event === 'recovered').length
    // The browser does not keep the keyboard every time; after a fourth crash within a minute it would be another browser.
    for (let crash = 1; crash <= 3; crash += 1) {
      const already = recovered()
      await killPage()
      await expect.poll(recovered, soon).toBeGreaterThan(already)
      await nothingChanged()
    }
  })

  breakout(
    'K25',
    'the wheel with Ctrl held while the screen is put up anew: whatever shrinks is set right, and what is typed then arrives in the page',
    async () => {
      await killPage()
      for (let turn = 0; turn < 40; turn += 1)
        await display.does('mousemove', '500', '900', 'keydown', 'ctrl', 'click', '5', 'keyup', 'ctrl')
      await nothingChanged()
    },
  )

  breakout('K6', 'Shift held while typing: no question, nothing that stays', async () => {
    await display.does('keydown', 'shift', 'key', 'a', 'key', 'b', 'keyup', 'shift')
    await nothingChanged()
  })

  breakout('K2', 'the window is taken away: the screen is there again, and goes on', async () => {
    for (const window of await display.windows()) await display.does('windowkill', window).catch(() => '')
    await expect.poll(() => host.logged().map(({ event }) => event), soon).toContain('recovered')
    await nothingChanged()
  })

  breakout('C10', 'the display goes, and comes back: the screen is there again, and can be used', async () => {
    const { name } = display
    const recovered = () => host.logged().filter(({ event }) => event === 'recovered').length
    const already = recovered()
    await display.end()
    await expect.poll(() => host.sees('begin').catch(() => false), soon).toBe(false)
    display = await makeDisplay(size, [name])
    await expect.poll(recovered, soon).toBeGreaterThan(already)
    await nothingChanged()
  })
})
