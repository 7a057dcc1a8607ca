import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readyUrl } from '../../build/host-scripts.ts'
import { awaited } from '../awaited.ts'
import { hosts, prepareHosts, visitorAt } from './hosts/each-host.ts'
import { accessesIn, filesNamed, healthCodesIn, processesOf, type RunningHost } from './hosts/host-under-test.ts'

const soon = { interval: 100 }
let folder: string
prepareHosts('host', (made) => {
  folder = made
})

describe.each(hosts)('the screen under $name', (kind) => {
  describe.skipIf(kind.missing !== null)(kind.missing ?? 'in the hands of a visitor', () => {
    let host: RunningHost
    beforeEach(async () => {
      host = await kind.start(folder)
    })
    afterEach(() => host.stop())

    const { open, attractShows } = visitorAt(() => host)

    it('shows what invites to touch, and a touch on a menu is on the disk', async () => {
      expect(await host.sees('begin')).toBe(true)
      await open('begin', 'menu-tourism')
      expect(accessesIn(folder)).toBe(0)
      await open('menu-tourism', 'entry-sights')
      expect(accessesIn(folder)).toBe(1)
    })

    // Two of a kind within a minute are written down once, and so each host is tried with one of each.
    it.each([
      {
        way: { name: 'window.open', script: "window.open('about:blank')" },
        where: { name: 'another machine', script: "location.href = 'http://town.example/'" },
      },
      {
        way: { name: 'a window of its own', script: "window.open(location.href, '', 'popup,width=300,height=300')" },
        where: { name: 'this machine at another port', script: "location.href = 'http://127.0.0.1:9/'" },
      },
      {
        way: {
          name: 'a link to a new tab',
          script: "Object.assign(document.createElement('a'), { href: '/', target: '_blank' }).click()",
        },
        where: { name: 'a picture of its own', script: `location.href = '/picture/${'0'.repeat(64)}'` },
      },
    ])('has no second window: $way.name, and goes nowhere else: $where.name', async ({ way, where }) => {
      await host.tries(way.script)
      await expect.poll(host.attempts, soon).toContain('second-window')
      await expect.poll(host.windows, soon).toBe(1)
      expect(await host.sees('begin')).toBe(true)
      await goesNowhere(where.script)
    })

    async function goesNowhere(place: string) {
      const home = await host.address()
      await host.tries(place)
      await expect.poll(host.attempts, soon).toContain('navigation')
      await expect.poll(host.address, soon).toBe(home)
      await attractShows()
    }

    it('lets nothing be carried off, and goes nowhere else: an empty page', async () => {
      await host.tries(`
        const link = document.createElement('a')
        link.href = URL.createObjectURL(new Blob(['of the town']))
        link.download = 'carried-off.txt'
        document.body.append(link)
        link.click()`)
      await expect.poll(host.attempts, soon).toContain('download')
      expect(filesNamed(folder, 'carried-off')).toEqual([])
      expect(await host.sees('begin')).toBe(true)
      await goesNowhere("location.href = 'about:blank'")
    })

    it('is there again after it was killed, and counts on', async () => {
      await open('begin', 'menu-tourism')
      await open('menu-tourism', 'entry-sights')
      await host.killScreen()
      await attractShows()
      await open('begin', 'menu-tourism')
      await open('menu-tourism', 'entry-sights')
      await expect.poll(() => accessesIn(folder), soon).toBe(2)
    })

    it('stays where the visitor is while the kiosk process is killed, and nothing that was touched is lost', async () => {
      await open('begin', 'menu-tourism')
      await host.killKiosk()
      await open('menu-tourism', 'entry-sights')
      await expect.poll(() => accessesIn(folder), soon).toBe(1)
      expect(await host.sees('entry-sights')).toBe(true)
      // And once more: the process that was begun again is looked after like the first.
      await host.killKiosk()
      await open('home', 'menu-tourism')
      await open('menu-tourism', 'entry-sights')
      await expect.poll(() => accessesIn(folder), soon).toBe(2)
    })
  })

  describe.skipIf(kind.missing !== null)(kind.missing ?? 'from a command line', () => {
    async function startCommand() {
      const { program, args, environment } = kind.command(folder)
      const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
      const exited = once(child, 'exit')
      const ready = async () => {
        for await (const line of createInterface({ input: child.stdout })) if (readyUrl(line)) return
        throw new Error('it ended before it was ready')
      }
      await awaited('the host says that it is ready', ready())
      return { child, exited: () => awaited('the host ends', exited) }
    }

    it.each(['SIGTERM', 'SIGINT'] as const)('ends on %s, and no process is left', async (signal) => {
      const { child, exited } = await startCommand()
      expect(processesOf(folder).length).toBeGreaterThan(3)
      child.kill(signal)
      expect(await exited()).toEqual([0, null])
      // What was killed last may still be on its way out.
      await expect.poll(() => processesOf(folder), soon).toEqual([])
    })

    it('killed outright, it leaves no process behind either', async () => {
      const { child, exited } = await startCommand()
      child.kill('SIGKILL')
      await exited()
      await expect.poll(() => processesOf(folder), soon).toEqual([])
    })

    it('says so at the next start, and only then', async () => {
      for (const [signal, told] of [
        ['SIGKILL', 0],
        ['SIGTERM', 1],
        ['SIGTERM', 1],
      ] as const) {
        const { child, exited } = await startCommand()
        await expect.poll(() => recoveredIn(folder), soon).toBe(told)
        child.kill(signal)
        await exited()
        await expect.poll(() => processesOf(folder), soon).toEqual([])
      }
    })
  })
})

/** How often the town hall will read that something is back after it was lost. */
const recoveredIn = (folder: string): number => healthCodesIn(folder).filter((code) => code === 'recovered').length
