// The keys that a plugged-in keyboard has left. Chromium asks the compositor's keymap for letters only and takes Ctrl, Alt, F1 and their
// like from the key's number, so a keymap cannot hold them (it was tried: Ctrl+N opened a window under a keymap without Ctrl). They are taken
// away where the number is made: systemd's hwdb lets the kernel drop them, from the virtual terminals and SysRq too.

/** Pages of the HID Usage Tables (USB-IF, 1.5) that a keyboard speaks on. */
export const hidPages = {
  /** 0x07, section 10 */
  keyboard: 0x70000,
  /** 0x0c, section 15: media, browser and launch keys */
  consumer: 0xc0000,
  /** 0x01, section 4: power, sleep, wake, … */
  desktop: 0x10000,
} as const

/** Usages of the keyboard page, first and last, that stay what they are. */
export const keysKept: readonly { from: number; to: number; what: string }[] = [
  { from: 0x04, to: 0x1d, what: 'letters' },
  { from: 0x1e, to: 0x28, what: 'digits and Enter' },
  { from: 0x2a, to: 0x2c, what: 'Backspace, Tab, space' },
  { from: 0x2d, to: 0x34, what: 'signs' },
  { from: 0x36, to: 0x38, what: 'comma, full stop, slash' },
  { from: 0x4f, to: 0x52, what: 'arrows' },
  { from: 0x58, to: 0x62, what: "the number block's Enter and digits" },
  { from: 0x87, to: 0x87, what: 'ろ (JIS)' },
  { from: 0x89, to: 0x89, what: '¥ (JIS)' },
  { from: 0xe1, to: 0xe1, what: 'left Shift' },
  { from: 0xe5, to: 0xe5, what: 'right Shift' },
]

const isKept = (usage: number) => keysKept.some(({ from, to }) => usage >= from && usage <= to)
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Scan codes that the kernel drops: all of the three pages but the keys kept. */
export function droppedScanCodes(): number[] {
  return [
    ...range(0x01, 0xff)
      .filter((usage) => !isKept(usage))
      .map((usage) => hidPages.keyboard | usage),
    ...range(0x01, 0x3ff).map((usage) => hidPages.consumer | usage),
    ...range(0x80, 0xb7).map((usage) => hidPages.desktop | usage),
  ]
}

/** For `/etc/udev/hwdb.d`, read after the files of the distribution: any maker's device that speaks HID, over USB, Bluetooth or I2C. */
export function renderKeyHwdb(): string {
  const lines = droppedScanCodes().map((code) => ` KEYBOARD_KEY_${code.toString(16)}=reserved`)
  return `# Made by build/appliance/keys.ts, where the keys that are kept stand.\n\nevdev:input:b0003*\nevdev:input:b0005*\nevdev:input:b0018*\n${lines.join('\n')}\n`
}
