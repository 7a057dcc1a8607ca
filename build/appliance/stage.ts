// Everything of ours that goes into the kiosk machine's image, in one tree with the modes it needs:
//   node build/setup.mjs build/appliance/stage.ts --site FILE.json --out DIR
// make-image.sh calls it; by itself it shows what a site file makes.
import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { buildRelease0 } from '../release0.ts'
import { buildVisitorScreen } from '../screens.ts'
import { layFiles } from './lay-files.ts'
import { layOutProgram } from './program.ts'
import { siteSchema } from './site.ts'

const root = join(import.meta.dirname, '..', '..')
const usage = 'usage: node build/setup.mjs build/appliance/stage.ts --site FILE.json --out DIR'

const { values } = parseArgs({ options: { site: { type: 'string' }, out: { type: 'string' } } })
if (!values.site || !values.out) {
  console.error(usage)
  process.exit(2)
}
const out = resolve(values.out)
const site = siteSchema.safeParse(JSON.parse(readFileSync(values.site, 'utf8')))
if (!site.success) {
  console.error(`${values.site}:\n${z.prettifyError(site.error)}`)
  process.exit(1)
}
const say = (text: string) => console.error(text)
await buildVisitorScreen(say)
await buildRelease0(say)
rmSync(out, { recursive: true, force: true })
layFiles(out, site.data)
layOutProgram(root, join(out, 'opt/kiosk'))
console.log(out)
