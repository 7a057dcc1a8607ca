import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPicture } from './picture.ts'

describe('the pictures of a page', () => {
  let said: string[]
  let pictures: ReturnType<typeof createPicture>
  let seen: string[]
  beforeEach(() => {
    vi.useFakeTimers()
    said = []
    seen = []
    pictures = createPicture(
      () => ({ widthPx: 800, heightPx: 600 }),
      (method) => said.push(method),
      () => undefined,
    )
    pictures.picture.watch((jpeg) => seen.push(Buffer.from(jpeg).toString()))
  })
  afterEach(() => {
    pictures.stop()
    vi.useRealTimers()
  })

  const comes = (picture: string, sessionId = 1) =>
    pictures.took({ data: Buffer.from(picture).toString('base64'), sessionId })
  const times = (method: string) => said.filter((one) => one === method).length

  it('of a page at rest the last one is asked for again, for a busy browser may have dropped it', async () => {
    comes('half painted')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(times('Page.startScreencast')).toBe(1)
    comes('whole')
    expect(seen).toEqual(['half painted', 'whole'])
  })

  it('of a page that took long the picture is asked for when it has loaded, though that of the empty page was asked for again before', async () => {
    comes('empty')
    await vi.advanceTimersByTimeAsync(1_000)
    comes('empty')
    pictures.settle()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(times('Page.startScreencast')).toBe(2)
    comes('whole')
    expect(seen).toEqual(['empty', 'whole'])
  })

  it('what was asked for may be dropped too: it is asked a few times more, and the page is seen', async () => {
    comes('empty')
    await vi.advanceTimersByTimeAsync(1_000)
    const once = times('Page.startScreencast')
    comes('empty')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(times('Page.startScreencast')).toBeGreaterThan(once)
    comes('whole')
    expect(seen).toEqual(['empty', 'whole'])
  })

  it('the same picture again is drawn by nobody and asks for none: a page that has come to rest costs nothing', async () => {
    comes('whole')
    await vi.advanceTimersByTimeAsync(120_000)
    const asked = times('Page.startScreencast')
    comes('whole')
    comes('whole')
    await vi.advanceTimersByTimeAsync(600_000)
    expect(times('Page.startScreencast')).toBe(asked)
    expect(times('Page.screencastFrameAck')).toBe(3)
    expect(seen).toEqual(['whole'])
  })

  it('no more than two are on the way to a screen that draws slowly', () => {
    comes('one')
    comes('two')
    expect(times('Page.screencastFrameAck')).toBe(1)
    comes('three')
    expect(times('Page.screencastFrameAck')).toBe(1)
    for (const _ of seen) pictures.picture.drawn()
    // None is forgotten: the browser counts those that are not answered, and stops.
    expect(times('Page.screencastFrameAck')).toBe(3)
  })
})
