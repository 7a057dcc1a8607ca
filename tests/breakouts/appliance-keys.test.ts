import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { droppedScanCodes } from '../../build/appliance/keys.ts'
import { layTree, onPath, runTool } from './appliance-tree.ts'
import { breakout } from './breakout.ts'
import type { BreakoutId } from './rows.ts'

const tree = layTree()
afterAll(tree.remove)

/** What a keyboard sends for each key: HID Usage Tables 1.5, page 7 (and 0x0c, 1 below), with the page before the usage. */
const scanCodes = {
  Ctrl: [0x700e0, 0x700e4],
  Alt: [0x700e2, 0x700e6],
  Super: [0x700e3, 0x700e7],
  Esc: [0x70029],
  F1: [0x7003a],
  'F1–F12': [
    0x7003a, 0x7003b, 0x7003c, 0x7003d, 0x7003e, 0x7003f, 0x70040, 0x70041, 0x70042, 0x70043, 0x70044, 0x70045,
  ],
  F3: [0x7003c],
  F5: [0x7003e],
  F6: [0x7003f],
  F10: [0x70043],
  F11: [0x70044],
  F12: [0x70045],
  Print: [0x70046, 0x7009a],
  'locks, Insert, Home, Delete, End, Page': [
    0x70039, 0x70047, 0x70048, 0x70049, 0x7004a, 0x7004b, 0x7004c, 0x7004d, 0x7004e, 0x70053,
  ],
  Menu: [0x70065, 0x70076],
  'IME: Zenkaku, Kana, Henkan, Muhenkan, Lang': [0x70035, 0x70088, 0x7008a, 0x7008b, 0x70090, 0x70091, 0x70094],
  media: [0xc00cd, 0xc00b5, 0xc00b6, 0xc00b7, 0xc00b8, 0xc00e2, 0xc00e9, 0xc00ea, 0x7007f, 0x70080, 0x70081],
  'browser, mail, search, home, calculator, files': [
    0xc0221, 0xc0223, 0xc0224, 0xc0225, 0xc0226, 0xc0227, 0xc022a, 0xc018a, 0xc0192, 0xc0194, 0xc0196,
  ],
  'power, sleep': [0x70066, 0x10081, 0x10082, 0x10083, 0xc0030, 0xc0032],
} as const
type Key = keyof typeof scanCodes

/** Per row: a chord cannot be made when one of its keys is gone. */
const rows: [BreakoutId, Key[]][] = [
  ['K1', ['Alt']],
  ['K2', ['Alt']],
  ['K3', ['Ctrl', 'Alt']],
  ['K4', ['Ctrl', 'Esc']],
  ['K5', ['Super']],
  ['K7', ['F1']],
  ['K8', ['F3', 'Ctrl']],
  ['K9', ['F6', 'Ctrl']],
  ['K10', ['F11']],
  ['K11', ['F12', 'Ctrl']],
  ...(['K12', 'K13', 'K14', 'K15', 'K16', 'K17', 'K18', 'K20'] as const).map((id): [BreakoutId, Key[]] => [
    id,
    ['Ctrl'],
  ]),
  ['K19', ['F10', 'Menu']],
  ['K21', ['Ctrl', 'F5']],
  ['K22', ['Ctrl', 'Alt', 'F1–F12']],
  ['K23', ['Ctrl', 'Alt']],
  ['K24', ['media', 'browser, mail, search, home, calculator, files', 'power, sleep']],
  ['K25', ['Ctrl']],
  ['K26', ['Ctrl', 'Super', 'IME: Zenkaku, Kana, Henkan, Muhenkan, Lang']],
  ['K27', ['Alt', 'browser, mail, search, home, calculator, files']],
  ['K28', ['Print']],
  ['K29', ['Alt', 'Print']],
]

const hwdbTool = onPath('systemd-hwdb')
describe.skipIf(hwdbTool === null)(
  `keys that the kernel drops${hwdbTool ? '' : ' (skipped: systemd-hwdb of the package udev is not here)'}`,
  () => {
    beforeAll(() => {
      const made = runTool('systemd-hwdb', [`--root=${tree.root}`, '--strict', 'update'])
      expect(made, made.said).toMatchObject({ code: 0 })
    })
    /** As udev would set the keys of this device. */
    function mapped(device: string): Map<number, string> {
      const { out } = runTool('systemd-hwdb', [`--root=${tree.root}`, 'query', device])
      const lines = [...out.matchAll(/^KEYBOARD_KEY_([0-9a-f]+)=(.*)$/gm)]
      return new Map(lines.map(([, code = '', key = '']) => [Number.parseInt(code, 16), key]))
    }

    for (const [id, keys] of rows) {
      breakout(id, `the keyboard has no ${keys.join(', no ')}`, () => {
        const keyboard = mapped('evdev:input:b0003v1209p0001e0110-e0,1,4,11,14')
        for (const code of keys.flatMap((key) => scanCodes[key]))
          expect(keyboard.get(code), code.toString(16)).toBe('reserved')
      })
    }

    it('over Bluetooth or I2C it would have none either; letters, digits, Enter, Backspace, Tab, arrows and Shift stay', () => {
      for (const bus of ['b0005', 'b0018']) {
        const keyboard = mapped(`evdev:input:${bus}v1209p0001e0110`)
        expect(keyboard.size).toBe(droppedScanCodes().length)
        for (const kept of [
          0x70004, 0x7001d, 0x7001e, 0x70027, 0x70028, 0x7002a, 0x7002b, 0x7002c, 0x7004f, 0x70052, 0x700e1, 0x70087,
          0x70089,
        ])
          expect(keyboard.has(kept), kept.toString(16)).toBe(false)
      }
    })
  },
)

const compiler = onPath('xkbcli')
describe.skipIf(compiler === null)(
  `what the compositor makes of the keys left${compiler ? '' : ' (skipped: xkbcli of the package libxkbcommon-tools is not here)'}`,
  () => {
    function keymap(layout: string): string {
      const environment = {
        PATH: process.env.PATH,
        HOME: tree.root,
        XKB_CONFIG_ROOT: join(tree.root, 'usr/share/kiosk/xkb'),
      }
      const made = runTool('xkbcli', ['compile-keymap', '--rules', 'kiosk', '--layout', layout], environment)
      expect(made, made.said).toMatchObject({ code: 0 })
      return made.out
    }

    breakout('K6', 'Shift is held or not: nothing latches, locks, or counts how often', () => {
      expect(keymap('jp')).not.toMatch(
        /LatchMods|LockMods|LatchGroup|LockGroup|ISO_Lock|AccessX|SetControls|LockControls|MouseKeys|Pointer/,
      )
    })

    breakout('K26', 'no key changes the input method or the layout', () => {
      expect(keymap('jp')).not.toMatch(
        /Zenkaku|Hankaku|Henkan|Muhenkan|Kana|Hiragana|Katakana|Eisu|ISO_Next_Group|Mode_switch|Hangul/,
      )
    })

    breakout('K22', 'no key means a terminal, a server to end, or a modifier but Shift', () => {
      const text = keymap('us')
      expect(text).not.toMatch(
        /XF86|Terminate|VTSwitch|\bF\d+\b|Escape|Control|Alt_|Super|Meta|Hyper|Menu|Print|Sys_Req|Pause/,
      )
      expect(
        [...text.matchAll(/modifiers\s*=\s*(\w+)/g)]
          .map(([, name]) => name)
          .filter((name) => name !== 'none' && name !== 'Shift'),
      ).toEqual([])
      expect([...text.matchAll(/modifier_map (\w+)/g)].map(([, name]) => name)).toEqual(['Shift'])
    })

    it('whatever layout is asked for, it is the same, and types what a Japanese keyboard shows', () => {
      expect(keymap('jp')).toBe(keymap('us'))
      const bare = keymap('us').replaceAll(/\s+/g, '')
      for (const [key, symbols] of [
        ['AD01', 'q,Q'],
        ['AE02', '2,quotedbl'],
        ['AB11', 'backslash,underscore'],
        ['AE13', 'yen,bar'],
        ['RTRN', 'Return'],
        ['BKSP', 'BackSpace'],
        ['KP5', 'KP_5'],
      ] as const) {
        expect(bare, key).toMatch(new RegExp(`key<${key}>\\{[^}]*\\[${symbols}\\]\\}`))
      }
    })
  },
)
