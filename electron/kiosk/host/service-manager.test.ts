import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeServiceManager } from './service-manager.ts'

let dir = ''
let stop = () => {}
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'service-manager-'))
  // Writes down what systemd would hear, and on which socket.
  writeFileSync(join(dir, 'systemd-notify'), '#!/bin/sh\necho "$NOTIFY_SOCKET $1" >> "$(dirname "$0")/heard"\n')
  chmodSync(join(dir, 'systemd-notify'), 0o755)
})
afterEach(() => {
  stop()
  // A word that is still on its way may be written down meanwhile.
  rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
})

const heard = () => (existsSync(join(dir, 'heard')) ? readFileSync(join(dir, 'heard'), 'utf8').trim().split('\n') : [])
const started = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ PATH: `${dir}:${process.env.PATH}`, ...more })

it('says that the screen is there, nothing while it is not well, then again and again that it is', async () => {
  let well = false
  let asked = 0
  const manager = takeServiceManager(started({ NOTIFY_SOCKET: '/run/n', WATCHDOG_USEC: '60000' }), () => {
    asked += 1
    return well
  })
  stop = manager.stopping
  expect(heard()).toEqual([])
  manager.ready()
  await expect.poll(() => asked).toBeGreaterThan(5)
  await expect.poll(heard).toEqual(['/run/n READY=1'])
  well = true
  await expect.poll(() => heard().filter((line) => line === '/run/n WATCHDOG=1').length).toBeGreaterThan(2)
  manager.stopping()
  await expect.poll(heard).toContain('/run/n STOPPING=1')
})

it('takes the socket away from whatever is started after it', () => {
  const environment = started({
    NOTIFY_SOCKET: '/run/n',
    WATCHDOG_USEC: '30000000',
    WATCHDOG_PID: '1',
    LANG: 'C.UTF-8',
  })
  takeServiceManager(environment, () => true)
  expect(Object.keys(environment).sort()).toEqual(['LANG', 'PATH'])
})

it('is silent where no service manager started us', async () => {
  const manager = takeServiceManager(started({}), () => true)
  manager.ready()
  manager.stopping()
  // Had it said something, the next one's words would stand behind it.
  const other = takeServiceManager(started({ NOTIFY_SOCKET: '/run/n' }), () => true)
  other.ready()
  await expect.poll(heard).toEqual(['/run/n READY=1'])
})
