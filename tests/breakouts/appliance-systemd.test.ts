import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layTree, onPath, runTool } from './appliance-tree.ts'

// systemd's own judgement of the units, on our tree over this machine's stock of units.
const tool = onPath('systemd-analyze')
const stock = '/usr/lib/systemd'
const why =
  tool === null
    ? 'systemd-analyze is not here'
    : existsSync(join(stock, 'system'))
      ? null
      : 'no units of systemd are here'

describe.skipIf(why !== null)(why ? `what systemd says (skipped: ${why})` : 'what systemd says', () => {
  const tree = layTree()
  afterAll(tree.remove)
  beforeAll(() => {
    cpSync(stock, join(tree.root, 'usr/lib/systemd'), { recursive: true, verbatimSymlinks: true })
    for (const name of ['lib', 'bin', 'sbin']) {
      mkdirSync(join(tree.root, 'usr', name), { recursive: true })
      symlinkSync(`usr/${name}`, join(tree.root, name))
    }
    // Stands for the unit of Debian's seatd, where this machine has none.
    const seatd = join(tree.root, 'usr/lib/systemd/system/seatd.service')
    if (!existsSync(seatd)) writeFileSync(seatd, '[Service]\nExecStart=/usr/sbin/seatd\n')
    // Stand for Debian's programs that the units name.
    for (const name of ['bin/cage', 'bin/systemctl', 'bin/sleep', 'bin/sh', 'sbin/seatd']) {
      writeFileSync(join(tree.root, 'usr', name), '#!/bin/sh\n')
      chmodSync(join(tree.root, 'usr', name), 0o755)
    }
  })

  for (const unit of ['kiosk', 'kiosk-prepare', 'kiosk-display']) {
    it(`${unit}.service is understood to the last word`, () => {
      const args = ['verify', '--man=no', `--root=${tree.root}`, `${unit}.service`]
      expect(runTool(tool ?? '', args)).toMatchObject({ code: 0, said: '' })
    })

    it(`${unit}.service is exposed to little (systemd-analyze security: 0 best, 10 worst)`, () => {
      const args = [
        'security',
        '--offline=true',
        '--no-pager',
        '--threshold=30',
        `--root=${tree.root}`,
        `${unit}.service`,
      ]
      const judged = runTool(tool ?? '', args)
      expect(judged.code, judged.said.split('\n').slice(-3).join('\n')).toBe(0)
    })
  }
})
