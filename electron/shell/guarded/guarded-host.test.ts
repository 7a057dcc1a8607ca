import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createInternetService } from '../../kiosk/internet/internet-service.ts'
import { playedNet } from '../../kiosk/testing/played-net.ts'
import * as electron from '../testing/fake-electron.ts'
import { benchPolicy, guardedBench } from '../testing/guarded-bench.ts'

vi.mock('electron', () => import('../testing/fake-electron.ts'))

let bench: ReturnType<typeof guardedBench>
beforeEach(() => {
  bench = guardedBench()
})
afterEach(() => {
  electron.WebContentsView.all.length = 0
  electron.BrowserWindow.all.length = 0
  electron.app.metrics.length = 0
  electron.app.removeAllListeners()
  electron.sessions.clear()
  vi.useRealTimers()
})

const town = 'https://town.example/'
const shownViews = () => electron.BrowserWindow.all[0]?.contentView.children.length
async function opened() {
  const { session, view } = await bench.open()
  session.go(town)
  await expect.poll(() => bench.page()?.site).toBe('town.example')
  await expect.poll(() => view.visible).toBe(true)
  return { session, view, contents: view.webContents }
}

describe('a page under Electron', () => {
  it('lies over the place that the screen named, from its first page on', async () => {
    const { session, view } = await bench.open()
    expect(view.visible).toBe(false)
    expect(view.bounds).toEqual({ x: 0, y: 200, width: 1080, height: 1500 })
    session.go(town)
    await expect.poll(() => view.visible).toBe(true)
    expect(bench.page()).toMatchObject({ site: 'town.example', canBack: false, canForward: false })
    session.place({ leftPx: 10, topPx: 300, widthPx: 1060, heightPx: 900 })
    await expect.poll(() => view.bounds).toEqual({ x: 10, y: 300, width: 1060, height: 900 })
  })

  it('goes back and forward, and never behind its first page', async () => {
    const { session } = await opened()
    session.go('https://town.example/two')
    await expect.poll(() => bench.page()?.canBack).toBe(true)
    session.back()
    await expect.poll(() => bench.page()?.canForward).toBe(true)
    expect(bench.page()?.canBack).toBe(false)
  })

  it('is covered by what our screen has to say, and is there again when that is away', async () => {
    const { session, view, contents } = await opened()
    const preventDefault = vi.fn()
    contents.emit('will-frame-navigate', { url: 'https://stranger.example/', isMainFrame: true, preventDefault })
    expect(preventDefault).toHaveBeenCalled()
    expect(bench.heard.findLast(([kind]) => kind === 'problem')).toEqual([
      'problem',
      { kind: 'refused', reason: 'not-listed' },
      false,
    ])
    expect(view.visible).toBe(false)
    session.cover(false)
    await expect.poll(() => view.visible).toBe(true)
    expect(bench.last('problem')).toBe(null)
    expect(contents.history).toEqual([town])
    session.cover(true)
    await expect.poll(() => view.visible).toBe(false)
  })

  it('that is refused on its way is told once, and so is that the page before is gone', async () => {
    const { session } = await opened()
    session.go('https://bus.example/private')
    await expect.poll(() => bench.refusals()).toEqual(['not-listed'])
    expect(bench.heard.findLast(([kind]) => kind === 'problem')?.slice(1)).toEqual([
      { kind: 'refused', reason: 'not-listed' },
      true,
    ])
  })

  it.each([
    [-105, { kind: 'no-answer' }],
    [-106, { kind: 'line-cut' }],
    [-111, { kind: 'no-answer' }],
    [-202, { kind: 'refused', reason: 'certificate' }],
  ])(
    'that cannot be loaded (%d) is covered with the reason, under the name that was asked for',
    async (code, problem) => {
      const { view, contents } = await opened()
      contents.emit('did-fail-load', {}, code, '', 'https://bus.example/time', true)
      await expect.poll(() => bench.last('problem')).toEqual(problem)
      expect(bench.page()?.site).toBe('bus.example')
      expect(view.visible).toBe(false)
    },
  )

  it.each([
    ['crashes', (contents: electron.FakeContents) => contents.emit('render-process-gone', {}, { reason: 'oom' })],
    ['hangs', (contents: electron.FakeContents) => contents.emit('unresponsive')],
  ])('that %s is taken away, and another can be opened', async (_how, happen) => {
    const { session, view, contents } = await opened()
    happen(contents)
    await expect.poll(() => bench.last('problem')).toEqual({ kind: 'page-failed' })
    expect(view.visible).toBe(false)
    session.go(town)
    await expect.poll(() => view.visible).toBe(true)
    expect(bench.last('problem')).toBe(null)
  })

  it('that takes too much memory is ended', async () => {
    vi.useFakeTimers()
    const { session, view } = await bench.open()
    session.go(town)
    electron.app.metrics.push({ pid: 1, memory: { workingSetSize: 9_000_000 } })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(view.visible).toBe(true)
    electron.app.metrics.push({ pid: 4242, memory: { workingSetSize: 2_000_000 } })
    vi.advanceTimersByTime(3_000)
    vi.useRealTimers()
    await expect.poll(() => bench.last('problem')).toEqual({ kind: 'page-failed' })
  })

  it('is typed into, made larger on every site, and its touches are told, not each', async () => {
    const { session, contents } = await opened()
    session.type('めむろ')
    session.key('Enter')
    session.key('F12')
    session.zoom(1.5)
    session.go('https://bus.example/time')
    await expect.poll(() => bench.page()?.site).toBe('bus.example')
    const inputs = contents.debugger.sent.filter(({ method }) => method.startsWith('Input.'))
    expect(inputs.map(({ params }) => params)).toMatchObject([
      { text: 'めむろ' },
      { type: 'keyDown', key: 'Enter' },
      { type: 'keyUp', key: 'Enter' },
    ])
    expect(contents.zooms.at(-1)).toBe(1.5)
    for (const type of ['touchStart', 'touchMove', 'touchEnd', 'touchStart']) contents.emit('input-event', {}, { type })
    expect(bench.heard.filter(([kind]) => kind === 'touched')).toHaveLength(1)
    bench.pass(1_000)
    contents.emit('input-event', {}, { type: 'touchStart' })
    expect(bench.heard.filter(([kind]) => kind === 'touched')).toHaveLength(2)
  })

  it('asks sites for the language of the visitor, as the browser that it is', async () => {
    const { view } = await bench.open()
    expect(view.webContents.session.userAgent).toMatch(/^Mozilla\/5\.0 .* Chrome\/\S+ Safari\/\S+$/)
    expect(view.webContents.session.language).toBe('ja')
  })
})

it('a book leads to the library’s page for it, and nothing is left of that', async () => {
  const service = createInternetService({
    content: () => ({
      ...{ tiles: [], policy: benchPolicy },
      turn: { limitMs: 600_000, extensionMs: 60_000, warnBeforeMs: 60_000, restMs: 0 },
    }),
    releaseNumber: () => 1,
    reservePage: async (title) => `https://town.example/titles/${title}`,
    browser: bench.browser,
    outside: playedNet().outside,
    uptimeMs: () => 0,
    report: () => undefined,
  })
  const place = { leftPx: 0, topPx: 200, widthPx: 1080, heightPx: 1500 }
  await service.begin({ visitId: 'visit', to: { title: 'S1' }, place, language: 'ja' })
  await expect.poll(() => service.state()).toMatchObject({ kind: 'open', shown: 'view', site: 'town.example' })
  const contents = electron.WebContentsView.all.at(-1)?.webContents
  expect(contents?.history.at(-1)).toBe('https://town.example/titles/S1')
  await service.leave('visitor')
  expect(service.state()).toEqual({ kind: 'closed' })
  expect([shownViews(), contents?.isDestroyed()]).toEqual([0, true])
  await service.close()
})

describe('the end of a session', () => {
  it('leaves nothing: no view, nothing kept, nothing copied, and the next has another session', async () => {
    const { session, contents } = await opened()
    electron.clipboard.text = 'copied by the visitor'
    await session.end()
    expect(shownViews()).toBe(0)
    expect(contents.isDestroyed()).toBe(true)
    expect([...contents.session.kept]).toEqual([])
    expect(electron.clipboard.text).toBe('')
    expect((await bench.open()).view.webContents.session).not.toBe(contents.session)
    expect([...electron.sessions.keys()].every((name) => !name.startsWith('persist:'))).toBe(true)
  })

  it('comes by itself when the screen has gone, and the kiosk process hears it', async () => {
    const { session } = await opened()
    bench.host.failAll('its page crashed')
    await expect.poll(shownViews).toBe(0)
    expect(bench.last('failed')).toBe('its page crashed')
    await session.end()
  })

  it('comes by itself when the kiosk process has gone', async () => {
    await opened()
    bench.host.dropAll()
    await expect.poll(shownViews).toBe(0)
  })

  it('comes when the page is held by nobody any more', async () => {
    const { contents } = await opened()
    contents.debugger.emit('detach', {}, 'target closed')
    await expect.poll(() => bench.last('failed')).toContain('target closed')
  })

  it('is the same for a session that could not be opened', async () => {
    bench.window.destroy()
    electron.WebContentsView.all.length = 0
    vi.spyOn(electron.FakeContents.prototype, 'loadURL').mockRejectedValueOnce(new Error('no process'))
    await expect(bench.open()).rejects.toThrow('no process')
    await bench.browser.close()
  })
})
