import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { renderKeyHwdb } from './keys.ts'
import { renderSite, type Site } from './site.ts'

/** systemd does nothing for a unit that is a link to /dev/null. */
const masked = [
  'apt-daily-upgrade.timer',
  'apt-daily.timer',
  'autovt@.service',
  'bluetooth.target',
  'console-getty.service',
  'container-getty@.service',
  'ctrl-alt-del.target',
  'debug-shell.service',
  'getty-static.service',
  'getty.target',
  'getty@.service',
  'hibernate.target',
  'hybrid-sleep.target',
  'kbrequest.target',
  'printer.target',
  'serial-getty@.service',
  'sleep.target',
  'suspend-then-hibernate.target',
  'suspend.target',
  'systemd-networkd-wait-online.service',
]
const begun = {
  'default.target': '/lib/systemd/system/graphical.target',
  'graphical.target.wants/kiosk.service': '../kiosk.service',
  'multi-user.target.wants/systemd-networkd.service': '/lib/systemd/system/systemd-networkd.service',
  'sysinit.target.wants/kiosk-prepare.service': '../kiosk-prepare.service',
  'sysinit.target.wants/nftables.service': '/lib/systemd/system/nftables.service',
}

/**
 * Our files as they lie over Debian's in the machine's root: those of `files/`, those the site file makes, and the links of systemd. The
 * links are made here and not kept as links among the files: a copy of the sources that turns links into small files would unmask
 * everything and start nothing, without a word.
 */
export function layFiles(root: string, site: Site): void {
  cpSync(join(import.meta.dirname, 'files'), root, { recursive: true })
  const made = { ...renderSite(site), 'etc/udev/hwdb.d/99-kiosk-keys.hwdb': renderKeyHwdb() }
  for (const [path, text] of Object.entries(made)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const links = [...masked.map((unit) => [unit, '/dev/null'] as const), ...Object.entries(begun)]
  for (const [unit, target] of links) {
    const place = join(root, 'etc/systemd/system', unit)
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(target, place)
  }
}
