import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { breakout } from '../breakouts/breakout.ts'
import { axeFindings, sizeFindings } from './findings.ts'
import { chromiumPath, sharedBrowser } from './installed-chromium.ts'
import {
  facility,
  type KioskScreen,
  openVisitor,
  patientFacility,
  type StageName,
  startKioskScreen,
  type Visitor,
} from './screen-bench.ts'
import { plainMode } from './walk-screens.ts'
import { openService, servicePin, touchCorners, typePin, walkPad, walkSections } from './walk-service.ts'

describe.skipIf(chromiumPath === null)('the service screen', () => {
  const browser = sharedBrowser()
  let kiosk: KioskScreen
  let visitor: Visitor

  const codes = () => kiosk.logged.map(({ code }) => code)
  /** How the last session ended. */
  const closed = () => kiosk.logged.findLast(({ code }) => code === 'maintenance-closed')?.detail.why
  const shown = (name: string) => visitor.at(name).count()

  describe('in the hands of staff', () => {
    beforeEach(async () => {
      kiosk = await startKioskScreen({ pin: servicePin })
      visitor = await openVisitor(browser(), kiosk)
    })
    afterEach(async () => {
      await visitor.close()
      await kiosk.close()
    })

    it('opens by corner and PIN from the first screen, is no access, and ends where it began', async () => {
      await openService(visitor)
      await visitor.at('service-lock').tap()
      await visitor.at('begin').waitFor()
      await expect.poll(closed).toBe('locked')
      expect(kiosk.accesses()).toBe(0)
      // The visitors' screen is theirs again.
      await visitor.begin()
    })

    it('opens from home, where it ends the visit and takes everything of the visitor with it', async () => {
      await visitor.begin()
      await visitor.touch('language')
      await visitor.touch('choice-en')
      await touchCorners(visitor)
      await visitor.at('pin-back').tap()
      await visitor.at('begin').waitFor()
      expect(await visitor.page.locator('html').getAttribute('lang')).toBe('ja')
    })

    it('does not open for a finger that leaves too early', async () => {
      // From here on time stands still: the finger stays no longer than it is told, however slow the machine is.
      await visitor.passExactly(20_000)
      await touchCorners(visitor, 4_000)
      await visitor.page.clock.runFor(1_000)
      expect(await shown('pin-open')).toBe(0)
    })

    it('does not open from inside a menu', async () => {
      await visitor.begin()
      await visitor.touch('menu-tourism')
      await visitor.at('entry-sights').waitFor()
      await touchCorners(visitor)
      await visitor.page.clock.runFor(1_000)
      expect(await shown('pin-open')).toBe(0)
    })

    it('tells what it finds: queue, line, and a wrong enrolment code in words', async () => {
      await openService(visitor)
      await visitor.at('send-now').tap()
      await visitor.see('送信待ちはありません')
      await visitor.at('test-line').tap()
      await expect.poll(() => visitor.at('test-line-said').textContent()).toContain('登録されていません')
      await visitor.at('service-enrol').tap()
      for (const key of 'a2c4e6g8j0k1') await visitor.at(`key-${key}`).tap()
      await visitor.at('enrol-now').tap()
      await expect.poll(() => visitor.at('enrol-said').textContent()).toContain('形がちがいます')
    })

    it('asks once more before it begins anew or ends', async () => {
      await openService(visitor)
      await visitor.at('service-power').tap()
      await visitor.at('restart').tap()
      await visitor.at('power-cancel').tap()
      expect(kiosk.departures).toEqual([])
      await visitor.at('leave').tap()
      await visitor.at('leave-sure').tap()
      await visitor.see('終えています')
      expect(kiosk.departures).toEqual(['service'])
    })

    it('counts the fields that a finger reaches, into the corners, and the fingers at once', async () => {
      await openService(visitor)
      await visitor.at('service-touch').tap()
      await visitor.at('touch-begin').tap()
      const size = visitor.page.viewportSize() ?? { width: 0, height: 0 }
      const finger = await visitor.page.context().newCDPSession(visitor.page)
      const corners = [
        { x: 1, y: 1, id: 1 },
        { x: size.width - 1, y: 1, id: 2 },
        { x: 1, y: size.height - 1, id: 3 },
        { x: size.width - 1, y: size.height - 1, id: 4 },
      ]
      await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: corners })
      await visitor.see('最大 4本')
      await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      expect(await visitor.page.locator('.touch-felt').count()).toBe(4)
      // Every field, by one finger that sweeps row by row.
      const cells = await visitor.page.locator('.touch-cell').evaluateAll((all) =>
        all.map((cell) => {
          const box = cell.getBoundingClientRect()
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
        }),
      )
      const [first, ...others] = cells
      if (!first) throw new Error('no field')
      await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [first] })
      for (const cell of others)
        await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [cell] })
      await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      await visitor.see('すべてのます目が反応しました')
    })

    breakout('E10', 'left alone, the screen locks at the first idle', async () => {
      await openService(visitor)
      await visitor.passExactly(facility.idle.warnAfterMs - 10_000)
      expect(await shown('service-lock')).toBe(1)
      await visitor.page.clock.runFor(11_000)
      await visitor.at('begin').waitFor()
      await expect.poll(closed).toBe('locked')
    })

    breakout('E10', 'kept busy, it locks after five minutes', async () => {
      await openService(visitor)
      for (let round = 0; round < 10; round += 1) {
        await visitor.at(round % 2 === 0 ? 'service-errors' : 'service-status').tap()
        await visitor.page.clock.runFor(20_000)
        kiosk.pass(29_000)
      }
      expect(await shown('service-lock')).toBe(1)
      kiosk.pass(15_000)
      await visitor.page.clock.runFor(3_000)
      await visitor.at('begin').waitFor()
      await expect.poll(closed).toBe('time')
    })

    breakout('E10', 'a page that was loaded again, or a pad left alone, shows the first screen', async () => {
      await touchCorners(visitor)
      await visitor.at('pin-open').waitFor()
      await visitor.page.clock.runFor(31_000)
      await visitor.at('begin').waitFor()
      await openService(visitor)
      await visitor.page.reload()
      await visitor.at('begin').waitFor()
      expect(await shown('service-lock')).toBe(0)
    })

    breakout('G11', 'wrong PINs at the pad: the wait is counted down, the pad is dead meanwhile', async () => {
      await touchCorners(visitor)
      await visitor.at('pin-open').waitFor()
      await typePin(visitor, '582915')
      await visitor.see('あと7回まちがえると')
      expect(await visitor.at('pin-1').isDisabled()).toBe(true)
      // Going out and in again is no way around.
      await visitor.at('pin-back').tap()
      await visitor.at('begin').waitFor()
      await touchCorners(visitor)
      await visitor.page.locator('.pin-wait').waitFor()
      expect(await visitor.at('pin-1').isDisabled()).toBe(true)
      kiosk.pass(2_000)
      await visitor.page.clock.runFor(3_000)
      await typePin(visitor, servicePin)
      await visitor.page.locator('.service-facts').waitFor()
    })

    breakout('G11', 'no key leads there: nothing of it is in the page, to focus or to find', async () => {
      for (const begin of [false, true]) {
        if (begin) await visitor.begin()
        for (const key of ['Tab', 'Tab', 'Tab', 'ArrowUp', 'ArrowLeft', 'ArrowUp', 'Home', 'Escape', 'F2'])
          await visitor.page.keyboard.press(key)
        expect(await visitor.page.locator('[data-name^="pin-"], [data-name^="service-"]').count()).toBe(0)
      }
      expect(codes().filter((code) => code.startsWith('maintenance'))).toEqual([])
    })
  })

  breakout('E8', 'without a PIN the corner does nothing: not even the visit ends', async () => {
    kiosk = await startKioskScreen()
    visitor = await openVisitor(browser(), kiosk)
    await visitor.begin()
    await touchCorners(visitor)
    await visitor.page.clock.runFor(2_000)
    expect(await shown('menu-tourism')).toBe(1)
    expect(await shown('pin-open')).toBe(0)
    await visitor.close()
    await kiosk.close()
  })

  it.each(['portrait', 'landscape'] satisfies StageName[])(
    'can be read and touched: axe, sizes and distances, %s',
    async (stage) => {
      kiosk = await startKioskScreen({ stage, config: patientFacility, pin: servicePin })
      kiosk.report('screen-failed', 'error', { message: 'torn' })
      visitor = await openVisitor(browser(), kiosk)
      const found: Record<string, string[]> = {}
      const look = async (screen: string) => {
        // The test patterns are all one button.
        if (screen.startsWith('pixels-') && screen !== 'pixels-white') return
        const wrong = [
          ...(await axeFindings(visitor.page)),
          // These two lie over the page, edge to edge.
          ...(screen === 'touch-field' || screen === 'pixels-white'
            ? []
            : await sizeFindings(visitor.page, plainMode, true)),
        ]
        if (wrong.length > 0) found[screen] = wrong
      }
      await walkPad(visitor, look)
      kiosk.pass(3_000)
      await typePin(visitor, servicePin)
      await visitor.page.locator('.service-facts').waitFor()
      await walkSections(visitor, look)
      await visitor.close()
      await kiosk.close()
      expect(found).toEqual({})
    },
  )
})
