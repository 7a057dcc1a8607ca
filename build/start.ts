// npm start: hub, sample town and one kiosk on this machine.
//   npm start -- [--headless] [--hub-port N] [--kiosk-port N] [--data DIR] [--config kiosk-config/FILE.json]
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Child, startChild } from './child.ts'
import { chooseHost } from './choose-host.ts'
import { hostScripts, readyUrl } from './host-scripts.ts'
import { buildRelease0, contentDir, release0Dir } from './release0.ts'
import { buildScreens, consoleDir, rendererDir } from './screens.ts'

const root = join(import.meta.dirname, '..')
const say = (text: string) => console.log(text)
const running: Child[] = []

const options = readOptions()
const dataDir = resolve(options.data)
let ending = false

process.on('SIGINT', () => void end(0))
process.on('SIGTERM', () => void end(0))
process.on('SIGHUP', () => void end(0))

try {
  await start()
} catch (error) {
  if (!ending) {
    console.error(error instanceof Error ? error.message : String(error))
    await end(1)
  }
}

async function start(): Promise<void> {
  await buildScreens(say)
  await buildRelease0(say)
  const firstStart = !existsSync(join(dataDir, 'hub'))

  const hubData = join(dataDir, 'hub')
  const hub = part('hub', 'townhall/server.ts', [
    '--data',
    hubData,
    '--host',
    '127.0.0.1',
    '--port',
    options.hubPort,
    '--tls',
    'off',
    '--console',
    consoleDir,
  ])
  const hubUrl = await hub.line((line) => /^hub listening (\S+)/.exec(line)?.[1])
  const links: string[] = []
  void hub
    .line((line) => {
      const link = /^first administrator: (\S+)/.exec(line)?.[1]
      if (link) links.push(link)
      return link
    })
    .catch(() => undefined)

  if (firstStart) {
    say('publishing the sample town …')
    await command(['publish', '--data', hubData, '--content', contentDir])
  }

  const kioskData = join(dataDir, 'kiosk')
  const kioskArgs = [
    '--config',
    options.config,
    '--data',
    kioskData,
    '--release0',
    release0Dir,
    '--screen',
    rendererDir,
    '--port',
    options.kioskPort,
    '--hub',
    hubUrl,
  ]
  if (!existsSync(join(kioskData, 'identity'))) kioskArgs.push('--code', await enrolmentCode(hubData))

  const host = await chooseHost({ headless: options.headless })
  say(host.why)
  const { script, extra } = hostScripts[host.kind]
  const kiosk = part('kiosk', script, [...kioskArgs, ...extra])
  const kioskUrl = await kiosk.line(readyUrl)

  say(`ready hub=${hubUrl} kiosk=${kioskUrl}`)
  for (const link of links) say(`first administrator (one use, 24 hours): ${link}`)
  say(`Ctrl-C ends hub and kiosk; the data stays in ${dataDir}`)
}

function part(name: string, script: string, args: string[]): Child {
  const child = startChild(join(root, script), args, { cwd: root, name })
  running.push(child)
  void child.exited.then((code) => {
    if (ending) return
    if (code !== 0) console.error(`${name} ended (${code}).`)
    void end(code === 0 ? 0 : 1)
  })
  return child
}

async function command(args: string[]): Promise<string[]> {
  const child = startChild(join(root, 'townhall/cli.ts'), args, { cwd: root, name: 'town' })
  const lines: string[] = []
  void child
    .line((line) => {
      lines.push(line)
      return undefined
    })
    .catch(() => undefined)
  if ((await child.exited) !== 0) throw new Error(lines.join('\n'))
  return lines
}

async function enrolmentCode(hubData: string): Promise<string> {
  const facility = options.config.replace(/^.*\//, '').replace(/\.json$/, '')
  const lines = await command(['enrol', '--facility', facility, '--data', hubData])
  const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(lines.join('\n'))?.[0]
  if (!code) throw new Error(lines.join('\n'))
  return code
}

async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  // The kiosk first, so that it can still hand over what it counted.
  for (const child of running.reverse()) await child.stop()
  process.exit(code)
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        headless: { type: 'boolean', default: false },
        'hub-port': { type: 'string', default: '8640' },
        'kiosk-port': { type: 'string', default: '8641' },
        data: { type: 'string', default: join(root, '.data') },
        config: { type: 'string', default: join(root, 'kiosk-config', 'chuo-kominkan.json') },
      },
    })
    return {
      headless: values.headless,
      hubPort: port(values['hub-port']),
      kioskPort: port(values['kiosk-port']),
      data: values.data,
      config: values.config,
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    console.error(
      'usage: npm start -- [--headless] [--hub-port N] [--kiosk-port N] [--data DIR] [--config kiosk-config/FILE.json]',
    )
    process.exit(2)
  }
}

function port(text: string): string {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Error(`a port is a number from 0 to 65535 (0: any free one), not "${text}"`)
  return text
}
