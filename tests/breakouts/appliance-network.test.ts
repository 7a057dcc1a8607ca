import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Site } from '../../build/appliance/site.ts'
import { exampleSite, layTree, onPath, runTool } from './appliance-tree.ts'
import { breakout } from './breakout.ts'
import { answerIn, makeNetwork, type OwnNetwork, reachFrom } from './own-network.ts'

type Browsing = Site['browsing']['mode']
const sites: Record<Browsing, Site> = {
  filtered: exampleSite(),
  listed: exampleSite((site) => ({ ...site, browsing: { mode: 'listed' } })),
  none: exampleSite((site) => ({ ...site, browsing: { mode: 'none' } })),
}

/** The machine's firewall, with the path of the included file as it lies here. */
function firewall(mode: Browsing) {
  const tree = layTree(sites[mode])
  const file = join(tree.root, 'nftables.conf')
  writeFileSync(
    file,
    tree.read('etc/nftables.conf').replace('/etc/kiosk/network.nft', join(tree.root, 'etc/kiosk/network.nft')),
  )
  return { file, remove: tree.remove }
}

const nft = onPath('nft')
const noNft = nft === null ? 'nft of the package nftables is not here' : null
describe.skipIf(noNft !== null)(noNft ? `the firewall (skipped: ${noNft})` : 'the firewall', () => {
  for (const mode of ['filtered', 'listed', 'none'] as const) {
    it(`is understood by nft (${mode})`, () => {
      const { file, remove } = firewall(mode)
      expect(runTool(nft ?? '', ['--check', '--file', file])).toMatchObject({ code: 0, said: '' })
      remove()
    })
  }
})

const canTry = () =>
  noNft ??
  (['ip', 'nsenter', 'unshare'].find((tool) => onPath(tool) === null) ? 'ip, nsenter or unshare is not here' : null) ??
  (spawnSync('unshare', ['--net', 'true']).status === 0 ? null : 'a network of its own cannot be made here (not root)')
const why = canTry()

// Two networks of their own, joined by one line: the kiosk's with its firewall, and a world that answers at every address.
describe.skipIf(why !== null)(why ? `through the firewall (skipped: ${why})` : 'through the firewall', () => {
  let kiosk: OwnNetwork
  let world: OwnNetwork
  const ends: (() => void)[] = []
  beforeAll(async () => {
    kiosk = await makeNetwork()
    world = await makeNetwork()
    ends.push(kiosk.end, world.end)
    kiosk.run('ip', 'link', 'add', 'line', 'type', 'veth', 'peer', 'name', 'line', 'netns', String(world.pid))
    for (const [network, address] of [
      [kiosk, '10.20.0.11/24'],
      [world, '10.20.0.1/24'],
    ] as const) {
      network.run('ip', 'link', 'set', 'lo', 'up')
      network.run('ip', 'address', 'add', address, 'dev', 'line')
      network.run('ip', 'link', 'set', 'line', 'up')
    }
    kiosk.run('ip', 'route', 'add', 'default', 'via', '10.20.0.1')
    const neighbours = ['2', '3', '5', '8', '9'].map((last) => `10.20.0.${last}/32`)
    for (const place of ['0.0.0.0/0', ...neighbours]) world.run('ip', 'route', 'add', 'local', place, 'dev', 'lo')
    const udp = [
      '10.20.0.2:53',
      '10.20.0.8:53',
      '10.20.0.3:123',
      '8.8.8.8:53',
      '93.184.215.14:123',
      '93.184.215.14:443',
    ]
    ends.push(await answerIn(world, { tcp: [22, 25, 53, 80, 443, 3128, 8080, 8640], udp }))
    ends.push(await answerIn(kiosk, { tcp: [9222, 35027], udp: [] }))
  })
  afterAll(() => {
    for (const end of ends) end()
  })

  const hub = '10.20.0.5:8640'
  const filter = '10.20.0.8:8080'
  const site = '93.184.215.14:443'
  const inside = ['10.20.0.5:22', '10.20.0.5:443', '10.20.0.9:443', '10.0.0.1:80', '172.16.0.1:443', '192.168.1.1:80']
  const odd = ['169.254.169.254:80', '100.64.0.1:443', '198.18.0.1:80', '203.0.113.5:443', '240.0.0.1:443']

  breakout(
    'U16',
    'listed: the web of public addresses, from the kiosk alone; never the town’s inside, whatever a page asked for',
    async () => {
      load('listed')
      const reached = await reachFrom(kiosk, 900, [
        hub,
        site,
        '93.184.215.14:80',
        '93.184.215.14:22',
        '93.184.215.14:25',
        filter,
        ...inside,
      ])
      expect(reached).toEqual([hub, site, '93.184.215.14:80'])
      expect(await reachFrom(kiosk, 0, [hub, site])).toEqual([])
    },
  )

  breakout('U17', 'metadata addresses and what else is not public are not reached', async () => {
    load('listed')
    expect(await reachFrom(kiosk, 900, odd)).toEqual([])
  })

  breakout(
    'E12',
    'filtered: the hub, the filter at its port, the named name and time servers, nobody else',
    async () => {
      load('filtered')
      expect(await reachFrom(kiosk, 900, [hub, filter, site, '10.20.0.8:3128', ...inside, ...odd])).toEqual([
        hub,
        filter,
      ])
      const named = ['udp:10.20.0.2:53', 'udp:10.20.0.8:53', 'udp:10.20.0.3:123']
      expect(
        await reachFrom(kiosk, 900, [
          ...named,
          'udp:8.8.8.8:53',
          '8.8.8.8:53',
          'udp:93.184.215.14:123',
          'udp:93.184.215.14:443',
        ]),
      ).toEqual(named)
    },
  )

  it('without browsing: the hub alone', async () => {
    load('none')
    expect(await reachFrom(kiosk, 900, [hub, filter, site])).toEqual([hub])
  })

  breakout('E1', 'from outside no port of the machine answers, whoever listens there', async () => {
    load('listed')
    expect(await reachFrom(kiosk, 900, ['127.0.0.1:35027'])).toEqual(['127.0.0.1:35027'])
    expect(await reachFrom(world, 0, ['10.20.0.11:9222', '10.20.0.11:35027'])).toEqual([])
    kiosk.run(nft ?? '', 'flush', 'ruleset')
    expect(await reachFrom(world, 0, ['10.20.0.11:9222'])).toEqual(['10.20.0.11:9222'])
  })

  function load(mode: Browsing): void {
    const { file, remove } = firewall(mode)
    kiosk.run(nft ?? '', '--file', file)
    remove()
  }
})
