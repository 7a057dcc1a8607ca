import { writeSync } from 'node:fs'
import { createRouterClient } from '@orpc/server'
import { countedMenuIds } from '../../contract/menu-ids.ts'
import { systemClock } from '../../electron/kiosk/clock.ts'
import { createKiosk } from '../../electron/kiosk/kiosk.ts'
import { quickTiming, testConfig } from '../../electron/kiosk/testing/test-kiosk.ts'

/** A kiosk process that is going to be killed. It opens menus as fast as it can and says each answer before it goes on. */
const [dataDir = '', hubUrl = '', code = '', from = '0', to = '0'] = process.argv.slice(2)

const kiosk = await createKiosk({
  hostKind: 'headless',
  dataDir,
  release0Dir: `${dataDir}/release0`,
  config: testConfig,
  clock: systemClock(),
  log: () => {},
  timing: quickTiming,
})
if (!kiosk.enrolled()) await kiosk.enrol({ hubUrl, code })
kiosk.start()
const screen = createRouterClient(kiosk.bridge, { context: {} })

/** The same access has the same ids in every life of the process, as a screen that asks again. */
const idOf = (kind: string, n: number) => `${kind}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
for (let n = Number(from); n < Number(to); n += 1) {
  const menu = countedMenuIds[n % countedMenuIds.length] ?? 'map'
  const answer = await screen.usage.record({ accessId: idOf('acce5500', n), visitId: idOf('f15175ed', n), menu })
  writeSync(1, `${n} ${answer.state}\n`)
}
while (kiosk.status().outboxDepth > 0) await kiosk.flush()
writeSync(1, 'done\n')
await kiosk.stop()
