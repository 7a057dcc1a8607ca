import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import { chromiumUnderTest } from '../town/hosts/chromium-under-test.ts'
import { hosts, prepareHosts, visitorAt } from '../town/hosts/each-host.ts'
import { accessesIn, type RunningHost, signalAll } from '../town/hosts/host-under-test.ts'
import { breakout } from './breakout.ts'

/** A machine that is busy is slow, and that is no failure here; the times themselves are measured by `npm run bench -- recover`. */
const soon = { interval: 100 }
let folder: string
prepareHosts('crash', (made) => {
  folder = made
})

describe.each(hosts)('crashes under $name', (kind) => {
  describe.skipIf(kind.missing !== null)(kind.missing ?? 'the screen comes back', () => {
    let host: RunningHost
    beforeEach(async () => {
      host = await kind.start(folder)
    })
    afterEach(() => host.stop())

    const { open, attractShows } = visitorAt(() => host)
    const recovered = (part: string) => expect.poll(() => recoveries(host), soon).toContain(part)
    /** A visitor in another language, deep inside, whose one access is on the disk. */
    async function aVisitor(): Promise<void> {
      await open('begin', 'menu-tourism')
      await open('language', 'choice-en')
      await open('choice-en', 'menu-tourism')
      await expect.poll(() => inLanguage(host, 'en'), soon).toBe(true)
      await open('menu-tourism', 'entry-sights')
    }
    /** Nothing of that visitor, and the next one is counted like the first. */
    async function theNextVisitor(): Promise<void> {
      await attractShows()
      expect(await inLanguage(host, 'ja')).toBe(true)
      expect(await host.sees('entry-sights')).toBe(false)
      await open('begin', 'menu-tourism')
      expect(await inLanguage(host, 'ja')).toBe(true)
      await open('menu-tourism', 'entry-sights')
      await expect.poll(() => accessesIn(folder), soon).toBe(2)
    }
    async function kill(part: 'renderer' | 'GPU', signal: NodeJS.Signals): Promise<void> {
      signalAll(await host.screenProcesses(part), signal)
    }

    breakout('C1', 'our own page runs out of memory: it is gone, and there again', async () => {
      await aVisitor()
      await host.tries(
        'const eaten = []; const eat = () => { eaten.push(new Array(4e7).fill(0.5)); setTimeout(eat) }; setTimeout(eat)',
      )
      await recovered('screen')
      await theNextVisitor()
    })

    breakout('C2', 'our own page runs in a circle: noticed from outside, and shown anew', async () => {
      await aVisitor()
      await host.tries('setTimeout(() => { for (;;); })')
      await recovered('screen')
      await theNextVisitor()
      // On a busy machine its still pixels may be found out before its silence is held against it.
      expect(['its page does not answer', 'its pixels stand still']).toContain(reasons(host)[0])
      expect(reasons(host)).toHaveLength(1)
    })

    breakout('C3', 'the visitor stays where they are', async () => {
      await aVisitor()
      await kill('GPU', 'SIGKILL')
      await recovered('gpu')
      expect(await host.sees('entry-sights')).toBe(true)
      await open('home', 'menu-tourism')
    })

    breakout('C4', 'the screen comes back in the same browser, with nothing of the visitor', async () => {
      await aVisitor()
      await kill('renderer', 'SIGKILL')
      await recovered('screen')
      await theNextVisitor()
    })

    breakout('C4', 'again and again', async () => {
      for (let time = 1; time <= 5; time += 1) {
        await kill('renderer', 'SIGKILL')
        await expect.poll(() => recoveries(host).length, soon).toBe(time)
        await attractShows()
      }
      await open('begin', 'menu-tourism')
    })

    breakout(
      'C5',
      'killed and stopped, nothing that was touched is lost, and the visitor keeps the place',
      async () => {
        await aVisitor()
        for (const [signal, accesses] of [
          ['SIGKILL', 2],
          ['SIGSTOP', 3],
        ] as const) {
          const killed = await host.kioskPid()
          process.kill(killed, signal)
          await open('home', 'menu-tourism')
          await open('menu-tourism', 'entry-sights')
          await expect
            .poll(
              () =>
                host.kioskPid().then(
                  (pid) => pid !== killed,
                  () => false,
                ),
              soon,
            )
            .toBe(true)
          await expect.poll(() => accessesIn(folder), soon).toBe(accesses)
        }
        expect(await inLanguage(host, 'en')).toBe(true)
        await recovered('kiosk-process')
      },
    )

    breakout('C6', 'a dialog that was open when the page crashed is not there afterwards', async () => {
      await host.tries("setTimeout(() => alert('of the last visitor'))")
      await kill('renderer', 'SIGKILL')
      await recovered('screen')
      await open('begin', 'menu-tourism')
      expect(await host.windows()).toBe(1)
    })

    breakout('C7', 'a browser that was killed asks nothing and restores nothing', async () => {
      await aVisitor()
      await host.killScreen()
      await recovered('screen')
      expect(await host.windows()).toBe(1)
      await theNextVisitor()
    })

    breakout('C9', 'what draws stands still and the page knows nothing of it', async () => {
      const stopped = await host.screenProcesses('GPU')
      signalAll(stopped, 'SIGSTOP')
      await recovered('screen')
      const now = await host.screenProcesses('GPU')
      expect(now.filter((pid) => stopped.includes(pid))).toEqual([])
      await open('begin', 'menu-tourism')
    })

    breakout('C9', 'the page says that it paints, and its pixels are the same for ever', async () => {
      // As a screen whose drawing stopped: everything under a still picture, and every sign of life goes on.
      await host.tries(`
        const still = document.createElement('div')
        still.style = 'position: fixed; inset: 0; z-index: 100000; background: #fff; pointer-events: none'
        document.body.append(still)`)
      await recovered('screen')
      expect(reasons(host)).toEqual(['its pixels stand still'])
      await open('begin', 'menu-tourism')
    })
  })
})

const reasons = (host: RunningHost) =>
  host.logged().flatMap(({ event, detail }) => (event === 'screen-lost' ? [detail.reason] : []))

const recoveries = (host: RunningHost) =>
  host.logged().flatMap(({ event, detail }) => (event === 'recovered' ? [detail.part] : []))

/** The page's language is the visitor's. */
async function inLanguage(host: RunningHost, language: string): Promise<boolean> {
  return (await host.evaluate('document.documentElement.lang')) === language
}

/** A disk of its own that can be filled; only where we may mount one. */
const canMount = (() => {
  try {
    const place = mkdtempSync(join(tmpdir(), 'mount-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    rmSync(place, { recursive: true })
    return true
  } catch {
    return false
  }
})()
if (!canMount) console.error('skipped: C8 on a disk that is really full: no disk can be mounted here')

describe.skipIf(chromiumUnderTest.missing !== null || !canMount)('a full disk', () => {
  for (const part of ['browser', 'kiosk process'] as const) {
    const how = `the ${part} comes back on a disk without a byte left, and what is touched is kept until there is room`
    breakout('C8', how, async () => {
      const data = join(folder, 'kiosk')
      mkdirSync(data)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', data])
      const host = await chromiumUnderTest.start(folder)
      try {
        fill(join(data, 'filler'))
        if (part === 'browser') await host.killScreen()
        else await host.killKiosk()
        await expect.poll(() => host.logged().map(({ event }) => event), soon).toContain('recovered')
        const { open } = visitorAt(() => host)
        await open('begin', 'menu-tourism')
        await open('menu-tourism', 'entry-sights')
        rmSync(join(data, 'filler'))
        await expect.poll(() => accessesIn(folder), soon).toBe(1)
      } finally {
        await host.stop()
        execFileSync('umount', ['-l', data])
      }
    })
  }
})

function fill(file: string): void {
  const block = Buffer.alloc(2 ** 16)
  const to = openSync(file, 'w')
  try {
    for (let size = block.length; size > 0; ) {
      try {
        if (writeSync(to, block, 0, size) < size) size = Math.floor(size / 2)
      } catch {
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(to)
  }
}
