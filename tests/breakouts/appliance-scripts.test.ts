import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applianceDir, runTool } from './appliance-tree.ts'
import { breakout } from './breakout.ts'

const script = (name: string) => join(applianceDir, 'files/usr/lib/kiosk', name)
let machine = ''
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'machine-'))
  for (const facility of ['ekimae-plaza', 'kenko-plaza']) put(`opt/kiosk/kiosk-config/${facility}.json`, '{}')
  for (const folder of ['run', 'data', 'home', 'seed', 'drm']) mkdirSync(join(machine, folder))
})
afterEach(() => rmSync(machine, { recursive: true, force: true }))

function put(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(machine, path)), { recursive: true })
  writeFileSync(join(machine, path), text)
  chmodSync(join(machine, path), mode)
}
const read = (path: string) => readFileSync(join(machine, path), 'utf8')
const here = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: `${join(machine, 'bin')}:${process.env.PATH}`,
  HOME: join(machine, 'home'),
  KIOSK_SEED: join(machine, 'seed/kiosk.env'),
  KIOSK_RUN: join(machine, 'run'),
  KIOSK_DATA: join(machine, 'data'),
  KIOSK_PROGRAM: join(machine, 'opt/kiosk'),
  KIOSK_ETC: join(machine, 'etc/kiosk'),
  KIOSK_DRM: join(machine, 'drm'),
  ...more,
})

describe('what the seed tells this machine', () => {
  /** Users of the machine's are not here; giving files away is done there. */
  const prepare = () => {
    for (const name of ['chown']) put(`bin/${name}`, '#!/bin/sh\n', 0o755)
    return runTool('sh', [script('prepare')], here())
  }

  it('facility, code and address, from a file of Windows too', () => {
    put(
      'seed/kiosk.env',
      'FACILITY=kenko-plaza\r\nCODE=AB12-CD34-EF56\r\nADDRESS=10.20.0.11/24\r\nGATEWAY=10.20.0.1\r\n',
    )
    expect(prepare()).toMatchObject({ code: 0, said: '' })
    expect(read('run/kiosk/machine.env')).toBe('FACILITY=kenko-plaza\n')
    expect(read('run/kiosk/code')).toBe('AB12-CD34-EF56')
    expect(read('run/systemd/network/10-kiosk.network')).toMatch(
      /Address=10\.20\.0\.11\/24\nGateway=10\.20\.0\.1\nDHCP=no/,
    )
  })

  breakout('E9', 'the code is for the kiosk alone, and so is its data', () => {
    put('seed/kiosk.env', 'FACILITY=kenko-plaza\nCODE=AB12-CD34-EF56\n')
    prepare()
    expect(statSync(join(machine, 'run/kiosk/code')).mode & 0o777).toBe(0o600)
    expect(statSync(join(machine, 'data/kiosk')).mode & 0o777).toBe(0o700)
  })

  breakout('E13', 'a seed is read, never run: a line that is no plain value is left out and told', () => {
    put(
      'seed/kiosk.env',
      `FACILITY=$(touch ${machine}/broken)\nCODE=\`touch ${machine}/broken\`\nADDRESS=1.2.3.4/24;touch ${machine}/broken\nLD_PRELOAD=/seed/x.so\n`,
    )
    const { code, said } = prepare()
    expect(code).toBe(0)
    for (const name of ['FACILITY', 'CODE', 'ADDRESS']) expect(said).toContain(`${name} in the seed is not understood`)
    expect(existsSync(join(machine, 'broken'))).toBe(false)
    expect(read('run/kiosk/machine.env')).toBe('FACILITY=ekimae-plaza\n')
    expect(read('run/kiosk/code')).toBe('')
    expect(existsSync(join(machine, 'run/systemd/network/10-kiosk.network'))).toBe(false)
  })

  it.each([
    { what: 'no seed', seed: null },
    { what: 'an empty one', seed: '' },
    { what: 'a facility that is not there', seed: 'FACILITY=elsewhere\n' },
    { what: 'a way out of the folder', seed: 'FACILITY=../../etc/passwd\n' },
  ])('$what: a screen of the town all the same, and told', ({ seed }) => {
    if (seed !== null) put('seed/kiosk.env', seed)
    const { code, said } = prepare()
    expect(code).toBe(0)
    expect(said).toMatch(/showing ekimae-plaza until the seed is mended/)
  })
})

describe('starting the host', () => {
  /** Stands for the installed Node: writes down what it is called with, and ends as told. */
  function install(endsWith = 'exit 0'): void {
    put(
      'opt/kiosk/bin/node',
      `#!/bin/sh\necho "$@" >> ${machine}/called\nenv | sort >> ${machine}/environment\n${endsWith}\n`,
      0o755,
    )
    put('etc/kiosk/hub.env', 'HUB=https://hub.example:8640\n')
    put('run/kiosk/machine.env', 'FACILITY=kenko-plaza\n')
    mkdirSync(join(machine, 'data/kiosk'))
  }
  const calls = () => read('called').trim().split('\n')

  breakout('E2', 'what the environment says to Node, the linker or X does not reach it', () => {
    install()
    const hostile = {
      NODE_OPTIONS: '--inspect=0.0.0.0',
      LD_PRELOAD: '',
      DISPLAY: ':0',
      XKB_CONFIG_ROOT: '/usr/share/kiosk/xkb',
    }
    runTool('sh', [script('run')], here(hostile))
    expect(read('environment')).not.toMatch(/^(?:NODE_OPTIONS|LD_PRELOAD|DISPLAY|XKB_CONFIG_ROOT)=/m)
    expect(calls()).toEqual([
      `electron/chromium/main.ts --config ${machine}/opt/kiosk/kiosk-config/kenko-plaza.json --data ${machine}/data/kiosk ` +
        `--release0 ${machine}/opt/kiosk/dist/release0 --screen ${machine}/opt/kiosk/dist/renderer --hub https://hub.example:8640`,
    ])
  })

  it('with a code as long as it is not enrolled; one that is refused does not keep the screen dark', () => {
    install('case "$*" in *--code*) exit 1 ;; esac')
    put('run/kiosk/code', 'AB12-CD34-EF56')
    expect(runTool('sh', [script('run')], here()).code).toBe(0)
    expect(calls().map((call) => call.includes('--code AB12-CD34-EF56'))).toEqual([true, false])
    put('data/kiosk/identity/hub.json', '{}')
    runTool('sh', [script('run')], here())
    expect(calls().map((call) => call.includes('--code'))).toEqual([true, false, false])
  })

  it('in memory where there is no data partition', () => {
    install()
    rmSync(join(machine, 'data/kiosk'), { recursive: true })
    expect(runTool('sh', [script('run')], here()).said).toContain('working in memory')
    expect(calls()[0]).toContain(`--data ${machine}/home/data `)
  })
})

describe('starting the compositor', () => {
  const start = (how: string) => {
    put('bin/cage', `#!/bin/sh\necho "$WLR_RENDERER" >> ${machine}/renderers\n${how}\n`, 0o755)
    const { code } = runTool('sh', [script('screen')], here())
    return { code, renderers: read('renderers').split('\n').slice(0, -1) }
  }

  it('with the graphics chip, or without it where that fails at once', () => {
    expect(start('[ "$WLR_RENDERER" = pixman ]')).toEqual({ code: 0, renderers: ['', 'pixman'] })
  })
  it('once, when it ended in order', () => {
    expect(start('exit 0')).toEqual({ code: 0, renderers: [''] })
  })
})

describe('a display was plugged in or out', () => {
  function displays(state: string, ...connectors: string[]): string {
    put(
      'bin/systemctl',
      `#!/bin/sh\ncase "$1" in show) echo ${state} ;; *) echo "$@" >> ${machine}/done ;; esac\n`,
      0o755,
    )
    for (const [index, status] of connectors.entries()) put(`drm/card0-HDMI-A-${index + 1}/status`, `${status}\n`)
    expect(runTool('sh', [script('display-changed')], here())).toMatchObject({ code: 0, said: '' })
    return existsSync(join(machine, 'done')) ? read('done').trim() : ''
  }
  const begunAgain = '--no-block restart kiosk.service'

  breakout('C10', 'a kiosk that waited for it is begun again, once', () => {
    expect(displays('activating', 'disconnected', 'connected', 'connected')).toBe(begunAgain)
  })
  breakout('C10', 'one that is well is left alone', () => {
    expect(displays('active', 'connected')).toBe('')
  })
  breakout('C10', 'without any display it goes on waiting', () => {
    expect(displays('activating', 'disconnected')).toBe('')
  })
})
