import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, sizeFindings } from './findings.ts'
import { chromiumPath, sharedBrowser } from './installed-chromium.ts'
import { playWeb } from './played-web.ts'
import { type KioskScreen, openVisitor, patientFacility, type StageName, startKioskScreen } from './screen-bench.ts'
import { type Mode, plainMode, walkScreens } from './walk-screens.ts'

const modes = {
  Japanese: plainMode,
  English: { ...plainMode, language: 'en' },
  'Japanese, high contrast': { ...plainMode, contrast: 'high' },
  'English, high contrast': { ...plainMode, language: 'en', contrast: 'high' },
  'Japanese, large letters': { ...plainMode, text: 'large' },
  'English, largest letters': { ...plainMode, language: 'en', text: 'largest' },
  'Japanese, within reach': { ...plainMode, low: true },
  // The longest words of the six, and the least room.
  'Vietnamese, within reach': { ...plainMode, language: 'vi', low: true },
  'Japanese, largest letters, within reach': { ...plainMode, text: 'largest', low: true },
  'English, largest letters, within reach': { ...plainMode, language: 'en', text: 'largest', low: true },
} satisfies Record<string, Mode>
export type ModeName = keyof typeof modes

/** ACCESSIBILITY.md on every screen of one stage, in each of these modes. */
export function walkInModes(stage: StageName, names: readonly ModeName[]): void {
  describe.skipIf(chromiumPath === null)(`ACCESSIBILITY, on every screen, ${stage}`, () => {
    const browser = sharedBrowser()
    let kiosk: KioskScreen
    const web = playWeb()
    beforeAll(async () => {
      kiosk = await startKioskScreen({ stage, config: patientFacility, web })
    })
    afterAll(() => kiosk?.close())

    it.each(names)('%s', async (name) => {
      const mode = modes[name]
      const visitor = await openVisitor(browser(), kiosk)
      const found: Record<string, string[]> = {}
      await walkScreens(visitor, web, mode, async (screen) => {
        const attract = screen === 'attract'
        const wrong = [
          ...(await axeFindings(visitor.page)),
          ...(await sizeFindings(visitor.page, attract ? { ...plainMode } : mode, attract)),
        ]
        if (wrong.length > 0) found[screen] = wrong
      })
      await visitor.close()
      expect(found).toEqual({})
    })
  })
}
