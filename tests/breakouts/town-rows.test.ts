import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { z } from 'zod'
import { contentDir } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { compileTown } from '../../townhall/releases/compile/compile-town.ts'
import { writeRelease0 } from '../../townhall/releases/release0.ts'
import { type Forge, startTown, townFiles } from '../faults/release-town.ts'
import { chromiumUnderTest } from '../town/hosts/chromium-under-test.ts'
import { hostArguments, type RunningHost } from '../town/hosts/host-under-test.ts'
import { breakout } from './breakout.ts'

const soon = { interval: 100 }
const { missing } = chromiumUnderTest
/** What a page would run if it took what the town wrote for anything but text. */
const script = '<img src=x onerror=ran=1>'

describe.skipIf(missing !== null)(missing ?? 'what the town wrote, on the real screen', () => {
  let folder: string
  let host: RunningHost
  beforeAll(async () => {
    await buildVisitorScreen(() => undefined)
    folder = mkdtempSync(join(tmpdir(), 'town-rows-'))
    const content = join(folder, 'content')
    cpSync(contentDir, content, { recursive: true })
    writeInto(join(content, 'attract', 'attract.csv'), /^(\w+),([^,]+),/gm, `$1,${script}$2,`)
    writeInto(join(content, 'tourism', 'event.csv'), /^(016373,E\d+,北海道,芽室町),/gm, `$1,${script}`)
    writeInto(join(content, 'tourism', 'tourism.csv'), /^(016373,S\d+,芽室町),/gm, `$1,${script}`)
    writeInto(join(content, 'library', 'catalogue.csv'), /^(S\d+,\d+),/gm, `$1,${script}`)
    writeInto(join(content, 'internet', 'tiles.csv'), /^([a-z]+),/gm, `$1,${script}`)
    const { files, refused, problems } = await compileTown({
      contentDir: content,
      cacheDir: join(import.meta.dirname, '..', '..', '.cache', 'pictures'),
    })
    if (refused) throw new Error(JSON.stringify(problems))
    await writeRelease0(files, join(folder, 'release0'))
    // Open at whatever hour this runs: a closed facility shows nothing of the town's.
    const { opening: _, ...config } = z
      .looseObject({})
      .parse(JSON.parse(readFileSync(hostArguments(folder).config, 'utf8')))
    writeFileSync(join(folder, 'kiosk.json'), JSON.stringify(config))
    host = await chromiumUnderTest.start(folder, join(folder, 'kiosk.json'), join(folder, 'release0'))
  })
  afterAll(async () => {
    await host?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })

  const open = (touched: string, then: string) =>
    expect
      .poll(async () => {
        if (!(await host.sees(then))) await host.touch(touched)
        return host.sees(then)
      }, soon)
      .toBe(true)

  const reads = (touched: string) =>
    expect
      .poll(async () => {
        if (await host.sees(touched)) await host.touch(touched)
        return host.evaluate('document.body.innerText')
      }, soon)
      .toContain(script)

  breakout('E6', 'in a slide, a sight, an event, a book and a tile it is text, and nothing runs', async () => {
    const asText = async () => {
      await expect.poll(() => host.evaluate('document.body.innerText'), soon).toContain(script)
      expect(await host.evaluate(`[typeof ran, document.querySelectorAll('img[src=x]').length].join()`)).toBe(
        'undefined,0',
      )
    }
    await asText()
    await open('begin', 'menu-tourism')
    await open('menu-tourism', 'entry-sights')
    await reads('entry-sights')
    await asText()
    await open('home', 'menu-tourism')
    await open('menu-tourism', 'entry-events')
    await reads('entry-events')
    await asText()
    await open('home', 'menu-library')
    await open('menu-library', 'way-popular')
    await reads('way-popular')
    await asText()
    const first = String(await host.evaluate("document.querySelector('.library-card').dataset.name"))
    await open(first, 'slip')
    await asText()
    await open('home', 'menu-internet')
    await reads('menu-internet')
    await asText()
  })

  breakout(
    'E6',
    'what got into the page all the same would not run: neither markup nor a script, nor a handler',
    async () => {
      await host.evaluate(`(() => {
      const tries = [
        () => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="ran = 1">'),
        () => { const one = document.createElement('script'); one.text = 'ran = 2'; document.body.append(one) },
        () => { const one = document.createElement('script'); one.src = 'data:text/javascript,ran=3'; document.body.append(one) },
        () => { const one = document.createElement('b'); one.setAttribute('onclick', 'ran = 4'); document.body.append(one); one.click(); one.remove() },
      ]
      for (const one of tries) try { one() } catch {}
    })()`)
      await open('home', 'menu-tourism')
      expect(await host.evaluate('typeof ran')).toBe('undefined')
    },
  )
})

describe('releases that a kiosk is offered', () => {
  /** What the hub had before is what it has for ever. */
  const forges: [string, (old: Map<string, Buffer>) => Forge, string][] = [
    [
      'forged',
      () => (name, bytes) =>
        /timestamp/.test(name)
          ? Buffer.from(String(bytes).replace(/(?<="sig":")./g, (digit) => (digit === '0' ? '1' : '0')))
          : 'keep',
      'one',
    ],
    ['mixed up', (old) => (name) => (/snapshot/.test(name) ? (old.get('snapshot') ?? null) : 'keep'), 'one'],
  ]
  for (const [what, forge, stays] of forges) {
    breakout('E7', `${what}: the one that is shown stays`, async () => {
      const town = await startTown()
      try {
        await town.release0('zero')
        await town.publish(townFiles('one'))
        const kept = new Map<string, Buffer>()
        town.forge((name, bytes) => {
          const part = /timestamp|snapshot/.exec(name)?.[0]
          if (part && bytes) kept.set(part, bytes)
          return 'keep'
        })
        const kiosk = await town.kiosk('a')
        expect(await kiosk.service.checkNow()).toBe('activated')
        await town.publish(townFiles('two', 3, 77))
        town.forge(forge(kept))
        expect(await kiosk.service.checkNow()).toBe('refused')
        expect(kiosk.text()).toBe(stays)
        expect(kiosk.told.map(({ code }) => code)).toContain('release-refused')
        town.forge(() => 'keep')
        expect(await kiosk.service.checkNow()).toBe('activated')
        // Rolled back: the timestamp of before is offered again.
        town.forge((name) => (/timestamp/.test(name) ? (kept.get('timestamp') ?? null) : 'keep'))
        await kiosk.service.checkNow()
        expect(kiosk.text()).toBe('two')
        expect((await town.kiosk('a')).text()).toBe('two')
      } finally {
        await town.close()
      }
    })
  }
})

/** Fails when the content has no such line any more: else nothing would be tried. */
function writeInto(file: string, line: RegExp, then: string): void {
  const before = readFileSync(file, 'utf8')
  const after = before.replace(line, then)
  if (after === before) throw new Error(`nothing of ${file} was changed`)
  writeFileSync(file, after)
}
