import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { buildRelease0 } from '../../../build/release0.ts'
import { buildVisitorScreen } from '../../../build/screens.ts'
import { chromiumUnderTest } from './chromium-under-test.ts'
import { electronUnderTest } from './electron-under-test.ts'
import type { HostUnderTest, RunningHost } from './host-under-test.ts'

export const hosts: HostUnderTest[] = [electronUnderTest, chromiumUnderTest]

/** At the top of a file of tests: what the hosts show is built once, and each case has a folder of its own. Says which host this machine lacks. */
export function prepareHosts(name: string, onFolder: (folder: string) => void): void {
  let folder: string
  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    await buildRelease0(() => undefined)
    for (const { missing, prepare } of hosts) if (missing === null) await prepare()
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), `${name}-`))
    onFolder(folder)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  for (const host of hosts) if (host.missing !== null) console.error(`skipped: the host ${host.name}: ${host.missing}`)
}

/** A machine that is busy is slow, and that is no failure. */
const soon = { interval: 100 }

/** What a visitor does at the host that runs at the moment. */
export const visitorAt = (host: () => RunningHost) => ({
  /** Touches until it has an effect: the screen takes no touch for half a second after another. */
  open: (touched: string, then: string) =>
    expect
      .poll(async () => {
        if (!(await host().sees(then))) await host().touch(touched)
        return host().sees(then)
      }, soon)
      .toBe(true),
  attractShows: () => expect.poll(() => host().sees('begin'), soon).toBe(true),
})
