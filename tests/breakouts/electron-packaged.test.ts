import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildPackedApp } from '../../build/electron-app.ts'
import { packaging } from '../../build/packaging.ts'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { kioskHandle } from '../../electron/kiosk/host/kiosk-handle.ts'
import { writeKioskArguments } from '../../electron/kiosk/kiosk-arguments.ts'
import { forkUtilityKiosk } from '../../electron/shell/utility-kiosk.ts'
import { breakout } from './breakout.ts'

vi.mock('electron', () => import('../../electron/shell/testing/fake-electron.ts'))

/** Before the fuses in Electron's program (its docs/tutorial/fuses.md, "The hard way"). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuses = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
]
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packaging-'))
  await buildVisitorScreen(() => undefined)
  await buildRelease0(() => undefined)
  await buildPackedApp(() => undefined)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Electron's program cannot be fetched everywhere; what is packaged here has its fuses, as Electron gives them out, and nothing else. */
async function packaged(name: string, asar: boolean): Promise<string> {
  const electronDist = join(folder, 'electron')
  mkdirSync(join(electronDist, 'resources'), { recursive: true })
  mkdirSync(join(electronDist, 'locales'), { recursive: true })
  for (const language of ['ja', 'en-US', 'fr']) writeFileSync(join(electronDist, 'locales', `${language}.pak`), '')
  writeFileSync(join(electronDist, 'electron'), `program ${sentinel}\u0001\u000810110001 end`)
  for (const file of ['version', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(electronDist, file), '45.4.1')
  const output = join(folder, name)
  await build({
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    config: { ...packaging, electronDist, asar, directories: { ...packaging.directories, output } },
    publish: 'never',
  })
  return join(output, 'linux-unpacked')
}

breakout('E2', 'what is packaged is no Node, cannot be inspected, and takes no other program: its fuses', async () => {
  const out = await packaged('sealed', true)
  const program = readFileSync(join(out, 'memuro-kiosk'), 'latin1')
  const wire = program.slice(program.indexOf(sentinel) + sentinel.length + 2).slice(0, fuses.length)
  expect(Object.fromEntries(fuses.map((name, at) => [name, wire[at] === '1']))).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    nodeCliInspect: false,
    embeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
  expect(readdirSync(join(out, 'resources')).sort()).toEqual([
    'app.asar',
    'app.asar.unpacked',
    'kiosk-config',
    'release0',
    'screen',
  ])
  expect(readdirSync(join(out, 'locales'))).toEqual(['en-US.pak', 'ja.pak'])
})

it('its kiosk process starts with what is in the package alone', async () => {
  const resources = join(await packaged('open', false), 'resources')
  const channel = forkUtilityKiosk(
    join(resources, 'app', 'utility.mjs'),
    writeKioskArguments({
      config: join(resources, 'kiosk-config', 'chuo-kominkan.json'),
      data: join(folder, 'data'),
      release0: join(resources, 'release0'),
      screen: join(resources, 'screen'),
      port: 0,
    }),
  )
  const heard = Promise.withResolvers<boolean>()
  const kiosk = await kioskHandle(channel, {
    onScreen: (sign) => heard.resolve(sign.visiting),
    onSession: () => undefined,
    onDeparture: () => undefined,
    signal: new AbortController().signal,
  })
  expect(await heard.promise).toBe(false)
  await kiosk.end()
})
