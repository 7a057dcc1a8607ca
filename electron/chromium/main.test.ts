import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromium-main-'))
  mkdirSync(join(folder, 'screen'))
  writeFileSync(join(folder, 'broken.json'), '{"facility": 5}')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const main = join(import.meta.dirname, 'main.ts')
const goodConfig = join(import.meta.dirname, '..', '..', 'kiosk-config', 'chuo-kominkan.json')
const headless = '--browser-headless'

/** What it says and how it ends. */
async function run(changed: Record<string, string>, more: string[], environment: NodeJS.ProcessEnv = {}) {
  const given = {
    config: goodConfig,
    data: join(folder, 'data'),
    release0: join(folder, 'release0'),
    screen: join(folder, 'screen'),
    ...changed,
  }
  const args = Object.entries(given).flatMap(([name, value]) => (value === '' ? [] : [`--${name}`, value]))
  // A program that is there and is no browser: nothing here may come so far as to start one.
  const env = { ...process.env, CHROMIUM_PATH: '/bin/false', ...environment }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args, ...more], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, sentences: said.split('\n').filter((line) => line !== '' && !line.startsWith('{')) }
}

it.each<[string, Record<string, string>, string[], NodeJS.ProcessEnv, number, RegExp]>([
  ['an unknown argument', {}, ['--colour', 'red'], {}, 2, /--colour/],
  ['no data folder', { data: '' }, [headless], {}, 2, /--data is missing/],
  ['a port that is none', { port: '70000' }, [headless], {}, 2, /--port is a number from 0 to 65535, not "70000"/],
  ['no such config', { config: '/nowhere.json' }, [headless], {}, 1, /\/nowhere\.json: the file cannot be read/],
  ['no such browser', {}, [headless], { CHROMIUM_PATH: '/nowhere/chromium' }, 1, /\/nowhere\/chromium/],
  ['no display', {}, [], { DISPLAY: '', WAYLAND_DISPLAY: '' }, 1, /no display/],
  ['a browser that does not start', {}, [headless], {}, 1, /Chromium \(\/bin\/false\) did not start/],
])('%s: one sentence', async (_name, changed, more, environment, code, sentence) => {
  const ended = await run(changed, more, environment)
  expect(ended.sentences).toEqual([expect.stringMatching(sentence)])
  expect(ended.code).toBe(code)
})

it('a broken config: file and key', async () => {
  const ended = await run({ config: join(folder, 'broken.json') }, [headless])
  expect(ended.sentences.join('\n')).toMatch(/broken\.json:\n\s+facility/)
  expect(ended.code).toBe(1)
})

it('a port in use: which one', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const ended = await run({ port }, [headless])
  taken.close()
  expect(ended.sentences).toEqual([expect.stringContaining(`Port ${port} is in use`)])
  expect(ended.code).toBe(1)
})
