import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideStage } from './stage.ts'

const panel = { widthPx: 1080, heightPx: 1920, millimetresPerPixel: 0.369, viewingDistanceMm: 600 }
const upright = { widthPx: 1080, heightPx: 1920, screen: panel, textSize: 'standard' as const, low: false }

describe('the size of everything', () => {
  it('is that of the drawings on a panel as in the drawings', () => {
    expect(decideStage(upright)).toEqual({
      rootPx: 10,
      fingerPx: expect.closeTo(54.2, 1),
      layout: 'portrait',
      flow: 'fit',
      short: false,
      flatKeys: false,
      heightPx: 1920,
    })
  })

  it('doubles at twice the size, and pages scroll then', () => {
    expect(decideStage({ ...upright, textSize: 'largest' })).toMatchObject({ rootPx: 20, flow: 'scroll' })
  })

  it('brings everything into the lower part, wide and low then', () => {
    expect(decideStage({ ...upright, low: true })).toMatchObject({ layout: 'landscape', heightPx: 768 })
  })

  it('leaves a page between header and footer, also in the lower part of a lying screen with the largest letters', () => {
    const lying = { ...upright, widthPx: 1920, heightPx: 1080, screen: { ...panel, widthPx: 1920, heightPx: 1080 } }
    const largest = decideStage({ ...lying, low: true, textSize: 'largest' })
    const large = decideStage({ ...lying, low: true, textSize: 'large' })
    expect(largest).toMatchObject({ layout: 'landscape', flow: 'scroll', short: true, heightPx: 432 })
    expect(largest.rootPx).toBe(large.rootPx)
    expect(decideStage({ ...lying, low: true })).toMatchObject({ short: false })
    expect(decideStage({ ...lying, textSize: 'largest' })).toMatchObject({ short: false })
    expect(decideStage({ ...upright, low: true, textSize: 'largest' })).toMatchObject({ short: false })
  })

  it('lays the keys flat only in the lower part of a lying screen', () => {
    const lying = { ...upright, widthPx: 1920, heightPx: 1080, screen: { ...panel, widthPx: 1920, heightPx: 1080 } }
    const flat = (one: Parameters<typeof decideStage>[0]) => decideStage(one).flatKeys
    expect([flat({ ...lying, low: true }), flat({ ...lying, low: true, textSize: 'largest' })]).toEqual([true, true])
    expect([flat({ ...lying, textSize: 'largest' }), flat({ ...upright, low: true })]).toEqual([false, false])
  })

  it('shows a small picture of the panel in a small window', () => {
    const whole = decideStage(upright)
    const half = decideStage({ ...upright, widthPx: 540, heightPx: 960 })
    expect(half.rootPx).toBeCloseTo(whole.rootPx / 2)
    expect(half).toMatchObject({ layout: whole.layout, flow: whole.flow })
  })

  it('keeps letters and targets as large as they must be, whatever the panel and the choices', () => {
    fc.assert(
      fc.property(
        fc.record({
          widthPx: fc.integer({ min: 640, max: 4_320 }),
          heightPx: fc.integer({ min: 640, max: 4_320 }),
          millimetresPerPixel: fc.double({ min: 0.1, max: 0.6, noNaN: true }),
        }),
        fc.constantFrom('standard' as const, 'large' as const, 'largest' as const),
        fc.boolean(),
        (screen, textSize, low) => {
          const { widthPx, heightPx, millimetresPerPixel } = screen
          const stage = decideStage({ widthPx, heightPx, screen: { ...screen, viewingDistanceMm: 600 }, textSize, low })
          const capitalMm = stage.rootPx * 2.4 * 0.73 * millimetresPerPixel
          expect(capitalMm).toBeGreaterThanOrEqual((textSize === 'standard' ? 4.8 : 7.3) - 1e-6)
          expect(stage.rootPx * 8.8 * millimetresPerPixel).toBeGreaterThanOrEqual(20 - 1e-6)
        },
      ),
    )
  })
})
