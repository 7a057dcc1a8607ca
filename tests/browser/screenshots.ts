// Pictures of every screen in both directions and in the modes that change its shape, to be looked at by a person:
//   node build/setup.mjs tests/browser/screenshots.ts [DIR]    (default .cache/screenshots)
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildRelease0 } from '../../build/release0.ts'
import { buildVisitorScreen } from '../../build/screens.ts'
import { openBrowser } from './installed-chromium.ts'
import { playWeb } from './played-web.ts'
import { openVisitor, patientFacility, type StageName, startKioskScreen } from './screen-bench.ts'
import { type Mode, plainMode, walkScreens } from './walk-screens.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)
const dir = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '..', '.cache', 'screenshots'))
const modes: Record<string, Mode> = {
  ja: plainMode,
  en: { ...plainMode, language: 'en' },
  large: { ...plainMode, text: 'large' },
  largest: { ...plainMode, language: 'en', text: 'largest' },
  contrast: { ...plainMode, contrast: 'high' },
  low: { ...plainMode, low: true },
}

await buildVisitorScreen(say)
await buildRelease0(say)
mkdirSync(dir, { recursive: true })
const browser = await openBrowser()
for (const stage of ['portrait', 'landscape'] satisfies StageName[]) {
  const web = playWeb()
  const kiosk = await startKioskScreen({ stage, config: patientFacility, web })
  for (const [name, mode] of Object.entries(modes)) {
    const visitor = await openVisitor(browser, kiosk)
    await walkScreens(visitor, web, mode, async (screen) => {
      await visitor.page.screenshot({ path: join(dir, `${stage}-${name}-${screen}.png`) })
    })
    await visitor.close()
  }
  await kiosk.close()
}
await browser.close()
say(`screenshots in ${dir}`)
