import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { applianceDir, layTree, readUnit, settings } from './appliance-tree.ts'
import { breakout } from './breakout.ts'

const tree = layTree()
afterAll(tree.remove)
const of = (path: string, section: string, key: string) => readUnit(tree.read(path)).get(section)?.get(key) ?? []
const sysctl = settings(tree.read('etc/sysctl.d/90-kiosk.conf'))
const kernel = readFileSync(join(applianceDir, 'kernel-command-line'), 'utf8').trim().split(/\s+/)
const packages = readFileSync(join(applianceDir, 'packages.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const service = 'etc/systemd/system/kiosk.service'

breakout('K22', 'there is no terminal to switch to, and nobody switches', () => {
  const logind = 'etc/systemd/logind.conf.d/kiosk.conf'
  expect(of(logind, 'Login', 'NAutoVTs')).toEqual(['0'])
  expect(of(logind, 'Login', 'ReserveVT')).toEqual(['0'])
  for (const unit of [
    'getty@.service',
    'autovt@.service',
    'serial-getty@.service',
    'console-getty.service',
    'getty.target',
    'debug-shell.service',
  ])
    expect(tree.isMasked(unit), unit).toBe(true)
  // cage switches terminals only when it is started with -s.
  expect(of(service, 'Service', 'ExecStart')).toEqual(['/usr/lib/kiosk/screen'])
  const starts = tree.read('usr/lib/kiosk/screen').match(/^[^#\n]*\bcage .*$/gm)
  expect(starts?.map((line) => line.replace(/^.*\bcage /, '').replace(' && exit 0', ''))).toEqual([
    '-- /usr/lib/kiosk/run',
    '-- /usr/lib/kiosk/run',
  ])
})

breakout('K29', 'the kernel listens to no key', () => {
  expect(sysctl.get('kernel.sysrq')).toBe('0')
  expect(kernel.filter((word) => /^sysrq|^debug|^systemd\.debug/.test(word))).toEqual([])
})

breakout('K3', 'nothing happens when it reaches the kernel, once or seven times', () => {
  expect(sysctl.get('kernel.ctrl-alt-del')).toBe('0')
  expect(tree.isMasked('ctrl-alt-del.target')).toBe(true)
  expect(of('etc/systemd/system.conf.d/kiosk.conf', 'Manager', 'CtrlAltDelBurstAction')).toEqual(['none'])
})

breakout('K24', 'power, sleep and lid keys switch nothing off', () => {
  const login = readUnit(tree.read('etc/systemd/logind.conf.d/kiosk.conf')).get('Login') ?? new Map<string, string[]>()
  const keys = ['HandlePowerKey', 'HandleRebootKey', 'HandleSuspendKey', 'HandleHibernateKey']
  for (const key of keys.flatMap((one) => [one, `${one}LongPress`])) expect(login.get(key), key).toEqual(['ignore'])
  for (const unit of ['sleep.target', 'suspend.target', 'hibernate.target'])
    expect(tree.isMasked(unit), unit).toBe(true)
})

breakout('C10', 'whatever ends is begun again for ever, and nothing waits for the line', () => {
  const unit = readUnit(tree.read(service))
  expect(unit.get('Service')?.get('Restart')).toEqual(['always'])
  expect(unit.get('Unit')?.get('StartLimitIntervalSec')).toEqual(['0'])
  expect(Number(unit.get('Service')?.get('RestartSec')?.[0])).toBeLessThanOrEqual(2)
  const waits = [...(unit.get('Unit')?.get('After') ?? []), ...(unit.get('Unit')?.get('Requires') ?? [])].join(' ')
  expect(waits).not.toMatch(/network|chrony|time-/)
  expect(tree.isMasked('systemd-networkd-wait-online.service')).toBe(true)
})

breakout('C10', 'a panel may come later; a display that comes back is used at once', () => {
  expect(of(service, 'Service', 'Environment').join(' ')).toContain('WLR_LIBINPUT_NO_DEVICES=1')
  expect(tree.read('etc/udev/rules.d/70-kiosk-display.rules')).toMatch(
    /SUBSYSTEM=="drm".*HOTPLUG.*start kiosk-display\.service/,
  )
})

breakout('C9', 'systemd and the hardware wait for signs of life', () => {
  expect(of(service, 'Service', 'Type')).toEqual(['notify'])
  expect(of(service, 'Service', 'NotifyAccess')).toEqual(['all'])
  expect(Number(of(service, 'Service', 'WatchdogSec')[0])).toBeGreaterThan(0)
  expect(of('etc/systemd/system.conf.d/kiosk.conf', 'Manager', 'RuntimeWatchdogSec')).toEqual(['30s'])
})

breakout('C1', 'memory that runs out costs a page, not the screen', () => {
  expect(of(service, 'Service', 'OOMPolicy')).toEqual(['continue'])
  expect(of(service, 'Service', 'MemoryMax')).toHaveLength(1)
})

breakout('C8', 'logs and whatever is written have an end', () => {
  const journal = readUnit(tree.read('etc/systemd/journald.conf.d/kiosk.conf')).get('Journal')
  expect(journal?.get('Storage')).toEqual(['volatile'])
  for (const key of ['RuntimeMaxUse', 'RateLimitBurst', 'RateLimitIntervalSec'])
    expect(journal?.get(key), key).toHaveLength(1)
  const memory = mounts().filter(({ type }) => type === 'tmpfs')
  expect(memory.map(({ at }) => at).sort()).toEqual(['/tmp', '/var'])
  for (const { at, options } of memory)
    expect(
      options.some((option) => option.startsWith('size=')),
      at,
    ).toBe(true)
})

breakout('E2', 'nobody hands the program other arguments', () => {
  const run = tree.read('usr/lib/kiosk/run')
  expect(run).toMatch(/^unset NODE_OPTIONS NODE_PATH LD_PRELOAD/m)
  expect(run).not.toMatch(/--inspect|remote-debugging-port/)
  expect(of(service, 'Service', 'NoNewPrivileges')).toEqual(['yes'])
})

breakout('E8', 'there is no password, and no door that would ask for one', () => {
  expect(readFileSync(join(applianceDir, 'customise.sh'), 'utf8')).toMatch(/^in_root passwd --lock root$/m)
  expect(tree.read('etc/sysusers.d/kiosk.conf')).toMatch(/^u kiosk 900 .*\/usr\/sbin\/nologin$/m)
  expect(of(service, 'Service', 'PAMName')).toEqual([])
  expect(packages.filter((name) => /ssh|telnet|vnc|xrdp|sudo|login$|cockpit/.test(name))).toEqual([])
  for (const stranded of ['emergency', 'rescue']) {
    const path = `etc/systemd/system/${stranded}.service.d/kiosk.conf`
    expect(of(path, 'Service', 'ExecStart'), stranded).toEqual(['/bin/sleep 20'])
    expect(of(path, 'Unit', 'SuccessAction'), stranded).toEqual(['reboot-force'])
    expect(tree.read(path)).not.toMatch(/SULOGIN_FORCE/)
  }
})

breakout('E9', 'what is secret lies where only its owner reads, and in no dump', () => {
  expect(sysctl.get('kernel.core_pattern')).toBe('|/bin/false')
  expect(sysctl.get('fs.suid_dumpable')).toBe('0')
  expect(of(service, 'Service', 'LimitCORE')).toEqual(['0'])
  expect(of(service, 'Service', 'UMask')).toEqual(['0077'])
  const everything = readdirSync(tree.root, { recursive: true, encoding: 'utf8' })
    .map((path) => join(tree.root, path))
    .filter((path) => existsSync(path) && statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
  expect(everything.filter((text) => /PRIVATE KEY|password\s*[=:]\s*\S/i.test(text))).toEqual([])
})

breakout('E11', 'once it is right, nobody on the line sets the clock back', () => {
  const chrony = settings(tree.read('etc/chrony/chrony.conf'), /\s+/)
  expect(chrony.get('makestep')).toBe('1 3')
  expect(chrony.get('port')).toBe('0')
  expect(chrony.get('cmdport')).toBe('0')
  expect(chrony.has('rtcsync')).toBe(true)
  expect(tree.read('etc/chrony/sources.d/town.sources').trim().split('\n')).toHaveLength(2)
})

breakout('E12', 'DHCP is believed in an address and a way out, in nothing else', () => {
  for (const section of ['DHCPv4', 'DHCPv6', 'IPv6AcceptRA'])
    expect(of('etc/systemd/network/20-kiosk.network', section, 'UseDNS'), section).toEqual(['no'])
  for (const key of ['UseNTP', 'UseDomains', 'UseHostname', 'UseTimezone'])
    expect(of('etc/systemd/network/20-kiosk.network', 'DHCPv4', key), key).toEqual(['no'])
  for (const key of ['LLMNR', 'MulticastDNS'])
    expect(of('etc/systemd/network/20-kiosk.network', 'Network', key), key).toEqual(['no'])
  expect(tree.read('etc/resolv.conf')).toContain('nameserver 10.20.0.2')
  expect(packages.filter((name) => /avahi|resolved|network-manager|connman/.test(name))).toEqual([])
})

breakout('E13', 'a stick stores nothing, is no network card, no camera and no radio', () => {
  const modprobe = tree.read('etc/modprobe.d/kiosk.conf')
  for (const module of [
    'usb-storage',
    'uas',
    'firewire-core',
    'thunderbolt',
    'bluetooth',
    'uvcvideo',
    'usbnet',
    'cdc_ether',
    'rndis_host',
  ])
    expect(modprobe, module).toContain(`install ${module} /bin/false\n`)
})

breakout('E13', 'what is plugged in does nothing unless it is on the list', () => {
  expect(kernel).toContain('usbcore.authorized_default=0')
  expect(kernel).toContain('i8042.nokbd')
  const rules = ['10-kiosk-usb', '75-kiosk-usb-allowed'].flatMap((name) =>
    tree.read(`etc/udev/rules.d/${name}.rules`).split('\n'),
  )
  const allowing = rules.filter((line) => line.includes('ATTR{authorized}="1"') && !line.startsWith('#'))
  // Hubs, and the two devices of the example.
  expect(allowing).toHaveLength(3)
  for (const line of allowing)
    expect(line).toMatch(/bDeviceClass}=="09"|idVendor}=="[0-9a-f]{4}", ATTR{idProduct}=="[0-9a-f]{4}"/)
})

breakout('E13', 'firmware starts one file: there is no boot menu and nothing to type into it', () => {
  const recipe = readFileSync(join(applianceDir, 'make-image.sh'), 'utf8')
  expect(recipe).toContain('::/EFI/BOOT/BOOTX64.EFI')
  expect(recipe).not.toMatch(/grub-install|bootctl install|loader\.conf/)
  expect(packages.filter((name) => /grub|syslinux|systemd-boot|refind/.test(name))).toEqual([])
  // With panic= the initrd reboots where it would else open a shell.
  expect(kernel).toContain('panic=10')
  expect(
    kernel.filter((word) => /^(?:init|break|rd\.shell|single|1|rescue|emergency|debug)(?:=|$)/.test(word)),
  ).toEqual([])
})

breakout('E13', 'nothing is mounted by itself, nothing that can be written can be run', () => {
  const [root, ...others] = mounts()
  expect(root).toMatchObject({ at: '/', type: 'squashfs', options: ['ro'] })
  expect(kernel).toEqual(expect.arrayContaining(['rootfstype=squashfs', 'ro', 'systemd.gpt_auto=0']))
  for (const { at, options } of others)
    expect(options, at).toEqual(expect.arrayContaining(['nosuid', 'nodev', 'noexec']))
  expect(packages.filter((name) => /udisks|gvfs|autofs|usbmount/.test(name))).toEqual([])
})

breakout('E1', 'no port of the browser is opened, whoever starts it', () => {
  expect(tree.read('usr/lib/kiosk/run')).not.toContain('debugging')
  expect(existsSync(join(tree.root, 'etc/chromium.d'))).toBe(false)
})

it('a broken data partition is repaired at start, and costs no screen', () => {
  expect(kernel).toContain('fsck.repair=yes')
  const data = mounts().find(({ at }) => at === '/data')
  expect(data?.check).toBe('2')
  expect(data?.options).toEqual(expect.arrayContaining(['nofail', 'x-systemd.growfs', 'errors=remount-ro']))
})

function mounts() {
  return tree
    .read('etc/fstab')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [what = '', at = '', type = '', options = '', , check = ''] = line.split(/\s+/)
      return { what, at, type, options: options.split(','), check }
    })
}
