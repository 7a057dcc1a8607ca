import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildRelease0, contentDir, release0Dir } from '../../build/release0.ts'
import { buildScreens, consoleDir, rendererDir } from '../../build/screens.ts'
import { serveScreen } from '../../electron/kiosk/screen-server/screen-server.ts'
import { playedClock, quickTiming, type TestKiosk, testKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'
import { type TestHub, testHub } from '../../townhall/testing/test-hub.ts'
import { administratorAt, password } from '../../townhall/testing/test-staff.ts'
import { town as cli } from '../town/run-command.ts'
import { axeFindings } from './findings.ts'
import { chromiumPath, openBrowser } from './installed-chromium.ts'
import { openVisitor, patienceMs, patientFacility, type StageName, type Visitor } from './screen-bench.ts'

/** Pictures to be looked at, where somebody asks for them. */
const pictures = process.env.SHELF_PICTURES

/** From the hand of the clerk to the eye of the visitor: the real hub, its console and the kiosk's screen in a real browser. */
describe.skipIf(chromiumPath === null)('drawing shelves at the console', () => {
  let scratch: string
  let content: string
  let town: TestHub
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let kiosk: TestKiosk | null = null
  const errors: string[] = []

  beforeAll(async () => {
    await buildScreens(() => undefined)
    await buildRelease0(() => undefined)
    browser = await openBrowser()
    scratch = mkdtempSync(join(tmpdir(), 'shelves-'))
    content = join(scratch, 'content')
    cpSync(contentDir, content, { recursive: true })
    // Of two languages alone, and without 絵本.
    const shelves = [
      '棚,館,名称,名称_英語,図,位置',
      '文学,図書館,文学,Literature,1階,"37,10 62,10 62,38 37,38"',
      '一般,図書館,一般の本,General books,1階,"67,10 94,10 94,38 67,38"',
      'こどもの本,図書館,こどもの本,Children’s books,1階,"6,10 30,10 30,26 6,26"',
      '郷土資料,図書館,郷土資料,About the town,1階,"67,44 80,44 80,62 67,62"',
      '雑誌,図書館,雑誌,Magazines,1階,"37,46 48,46 48,62 37,62"',
    ]
    writeFileSync(join(content, 'library', 'shelves.csv'), [...shelves, ''].join('\n'))
    const titles = ['ねこのゆうびん', 'ゆきのひのバス', 'とかちのそら'].map(
      (title, at) => `E${at},${title},${title},えほん　たろう,2020,E,絵本,図書館,絵本`,
    )
    const header = '書誌番号,タイトル,タイトルヨミ,著者,出版年,分類記号,資料種別,館,保管場所'
    writeFileSync(join(content, 'library', 'catalogue.csv'), [header, ...titles, ''].join('\n'))
    town = await testHub({ contentDir: content, consoleDir })
    await administratorAt(town)
    context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, hasTouch: true })
    context.setDefaultTimeout(patienceMs)
    page = await context.newPage()
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(town.hub.url)
    await page.getByLabel('メールアドレス').fill('kanri@town.example')
    await page.getByLabel('パスワード', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'サインイン' }).click()
    await page.getByRole('link', { name: '図書館', exact: true }).click()
    await page.getByRole('link', { name: '棚を描く' }).click()
    await page.locator('.plan-shelf').first().waitFor()
  })
  afterAll(async () => {
    await context.close()
    await kiosk?.kiosk.stop()
    await town.close()
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  })
  afterEach(() => expect(errors).toEqual([]))

  const table = () => readFileSync(join(content, 'library', 'shelves.csv'), 'utf8')
  const row = (code: string) =>
    table()
      .split('\r\n')
      .find((line) => line.startsWith(`${code},`))
  const shelf = (name: string) => page.getByRole('button', { name: `棚 ${name}`, exact: true })
  const save = () => page.getByRole('button', { name: '保存する' }).click()
  const see = (text: string) => page.getByText(text).first().waitFor()
  async function picture(name: string, of = page): Promise<void> {
    if (pictures === undefined) return
    mkdirSync(pictures, { recursive: true })
    await of.screenshot({ path: join(pictures, `${name}.png`) })
  }
  /** From one place of the plan to another, in parts of it. */
  async function drag(from: [number, number], to: [number, number]): Promise<void> {
    await page.locator('.plan-board').scrollIntoViewIfNeeded()
    const box = await page.locator('.plan-board').boundingBox()
    if (!box) throw new Error('no plan on the screen')
    const at = ([x, y]: [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height]
    await page.mouse.move(...at(from))
    await page.mouse.down()
    await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]))
    await page.mouse.move(...at(to))
    await page.mouse.up()
  }
  /** The same with a finger. */
  async function swipe(from: [number, number], to: [number, number]): Promise<void> {
    await page.locator('.plan-board').scrollIntoViewIfNeeded()
    const box = await page.locator('.plan-board').boundingBox()
    if (!box) throw new Error('no plan on the screen')
    const hand = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove', [x, y]: [number, number]) =>
      hand.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: [{ x: box.x + x * box.width, y: box.y + y * box.height }],
      })
    await touch('touchStart', from)
    for (const part of [0.2, 0.5, 0.8, 1])
      await touch('touchMove', [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])
    await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await hand.detach()
  }
  const corners = async (name: string) =>
    ((await page.locator(`.plan-shelf[aria-label="棚 ${name}"] polygon`).getAttribute('points')) ?? '').match(
      /[\d.]+,[\d.]+/g,
    ) ?? []
  const bounds = (line: string | undefined) => {
    const points =
      /"([^"]*)"/
        .exec(line ?? '')?.[1]
        ?.split(' ')
        .map((point) => point.split(',').map(Number)) ?? []
    const xs = points.map(([x = 0]) => x)
    const ys = points.map(([, y = 0]) => y)
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map(Math.round)
  }

  it('a code of the catalogue without a shelf is offered, drawn by dragging and saved into shelves.csv', async () => {
    await see('3 タイトル')
    await picture('console-begin')
    await page.getByRole('button', { name: '絵本を図に置く' }).click()
    await drag([0.06, 0.5], [0.3, 0.7])
    await shelf('絵本').waitFor()
    await see('この棚の本は 3 タイトルです。')
    await page.getByLabel('名前（英語）').fill('Picture books')
    await page.getByRole('button', { name: 'ほかの言葉の名前' }).click()
    await page.getByLabel('名前（韓国語）').fill('그림책')
    await see('保存していない変更 1 件')
    await picture('console-drawn')
    expect(await axeFindings(page)).toEqual([])
    await save()
    await see('保存しました。')
    expect(row('絵本')).toContain('絵本,図書館,絵本,Picture books,1階,')
    expect(row('絵本')).toContain('그림책')
    expect(bounds(row('絵本'))).toEqual([6, 50, 30, 70])
    expect(row('文学')).toBeDefined()
  })

  it('a drawn shelf is moved, made larger and turned by hand, and put back step by step', async () => {
    await drag([0.18, 0.6], [0.48, 0.8])
    await drag([0.6, 0.9], [0.7, 0.95])
    const before = await shelf('絵本').locator('polygon').getAttribute('points')
    const knob = await page.locator('.plan-grip[data-kind="turn"] circle').last().boundingBox()
    const board = await page.locator('.plan-board').boundingBox()
    if (!knob || !board) throw new Error('nothing to take hold of')
    const part = (x: number, y: number): [number, number] => [(x - board.x) / board.width, (y - board.y) / board.height]
    await drag(part(knob.x + knob.width / 2, knob.y + knob.height / 2), [0.545, 0.69])
    expect(await shelf('絵本').locator('polygon').getAttribute('points')).not.toBe(before)
    await picture('console-turned')
    await page.getByRole('button', { name: '元に戻す' }).click()
    expect(await shelf('絵本').locator('polygon').getAttribute('points')).toBe(before)
    await save()
    await see('保存しました。')
    expect(bounds(row('絵本'))).toEqual([36, 70, 70, 95])
  })

  it('all of it by keys: put, name, move, take away, back again', async () => {
    await page.getByRole('button', { name: 'まん中に置く' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: '棚コード' }).fill('新着')
    await page.getByLabel('名前（日本語）').fill('新しい本')
    await page.getByLabel('左から %').fill('5')
    await page.keyboard.press('Enter')
    await shelf('新しい本').focus()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.getByLabel('左から %').inputValue()).toBe('7')
    await picture('console-keys')
    await page.keyboard.press('Delete')
    await shelf('新しい本').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    await shelf('新しい本').waitFor()
    await save()
    await see('保存しました。')
    expect(bounds(row('新着'))[0]).toBe(7)
    expect(row('新着')).toContain('新しい本')
  })

  it('the table goes out as a file, and one from elsewhere comes into the drawing, to be saved from there', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '保存した棚を CSV に書き出す' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('shelves.csv')
    expect(readFileSync(await download.path(), 'utf8')).toBe(table())
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'CSV から読みこむ' }).click(),
    ])
    const text =
      '棚,名称,名称_ベトナム語,図,位置\n文学,,Văn học,,\n新聞,新聞,,1階,"85,80 95,80 95,90"\n,,,,\n絵本,絵本,,9階,\n'
    await chooser.setFiles({ name: '棚の表.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await shelf('新聞').waitFor()
    await see('この図はありません。')
    await picture('console-file')
    expect(row('新聞')).toBeUndefined()
    await save()
    await see('保存しました。')
    expect(bounds(row('新聞'))).toEqual([85, 80, 95, 90])
    expect(row('文学')).toMatch(/^文学,図書館,文学,Literature,1階,.*Văn học/)
    expect(bounds(row('絵本'))).toEqual([36, 70, 70, 95])
  })

  it('what another saved meanwhile is not written over, and nothing drawn is lost', async () => {
    writeFileSync(
      join(content, 'library', 'shelves.csv'),
      table().replace('文学,図書館,文学,', '文学,図書館,小説と詩,'),
    )
    await shelf('雑誌').focus()
    await page.keyboard.press('ArrowDown')
    await save()
    await see('ほかの人が先に棚を保存しました')
    await see('ほかの人だけが変えた棚（取りこみます）：文学')
    await picture('console-conflict')
    await page.getByRole('button', { name: '取りこんで続ける' }).click()
    await shelf('小説と詩').waitFor()
    await save()
    await see('保存しました。')
    expect(row('文学')).toContain('小説と詩')
  })

  it('whoever leaves with unsaved changes is asked; a page loaded anew goes on where it was', async () => {
    await shelf('雑誌').focus()
    await page.keyboard.press('Delete')
    await page.getByRole('link', { name: '図書館', exact: true }).click()
    await see('保存していない変更があります')
    await picture('console-leave')
    await page.getByRole('button', { name: 'このページにもどる' }).click()
    await page.goBack()
    await see('保存していない変更があります')
    await page.getByRole('button', { name: 'このページにもどる' }).click()
    page.once('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByRole('button', { name: '続きから描く' }).click()
    await shelf('雑誌').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: '図書館にもどる' }).click()
    await page.getByRole('button', { name: '捨てて離れる' }).click()
    await see('貸出の状態')
    expect(row('雑誌')).toBeDefined()
    await page.getByRole('link', { name: '棚を描く' }).click()
    await shelf('雑誌').waitFor()
    expect(await page.getByText('前に描きかけた変更があります').count()).toBe(0)
  })

  it('is drawn, moved and shaped corner by corner with a finger on a tablet', async () => {
    await page.setViewportSize({ width: 820, height: 1180 })
    await page.getByText('新しく描く').click()
    await swipe([0.68, 0.7], [0.78, 0.8])
    await page.getByRole('combobox', { name: '棚コード' }).fill('指')
    await swipe([0.73, 0.75], [0.83, 0.8])
    await page.getByRole('switch', { name: '角をひとつずつ動かす' }).click()
    await page.locator('.plan-board').scrollIntoViewIfNeeded()
    await picture('console-tablet')
    await swipe([0.88, 0.85], [0.93, 0.9])
    // A corner more in the middle of the upper side, drawn up.
    await swipe([0.83, 0.75], [0.83, 0.75])
    await swipe([0.83, 0.75], [0.83, 0.6])
    await expect.poll(async () => (await corners('指')).length).toBe(5)
    await page.getByRole('button', { name: '元に戻す' }).tap()
    await page.getByRole('button', { name: '元に戻す' }).tap()
    await expect.poll(async () => (await corners('指')).length).toBe(4)
    await save()
    await see('保存しました。')
    expect(bounds(row('指'))).toEqual([78, 75, 93, 90])
    await page.setViewportSize({ width: 1400, height: 1000 })
  })

  it('is published and shown on the book’s page of a kiosk', async () => {
    await publish()
    kiosk = await testKiosk({
      dataDir: join(scratch, 'kiosk'),
      release0Dir,
      config: patientFacility,
      clock: playedClock({ wallMs: town.clock.nowMs() }),
      timing: { ...quickTiming, releasePollMs: 200, catalogueLookMs: 20 },
    })
    const facility = town.hub.parts.facilities.find(({ id }) => id === patientFacility.facility.id)
    if (facility === undefined) throw new Error('no such facility')
    const { code } = await town.hub.parts.enrolment.createCode(facility, 'test')
    await kiosk.kiosk.enrol({ hubUrl: town.hub.url, code })
    kiosk.kiosk.start()
    await expect.poll(async () => (await library()).titles).toBe(3)
    await seePlace('portrait', async (visitor) => {
      await visitor.see('그림책')
      expect(await markedCorners(visitor)).toEqual([
        [36, 70],
        [70, 70],
        [70, 95],
        [36, 95],
      ])
      await picture('kiosk-place', visitor.page)
    })
  })

  it('a GeoJSON in the place of the picture is drawn on the kiosk, every room and shelf named in the visitor’s language', async () => {
    const box = (left: number, bottom: number, width: number, height: number) => [
      [left, bottom],
      [left + width, bottom],
      [left + width, bottom + height],
      [left, bottom + height],
      [left, bottom],
    ]
    const feature = (properties: object, ring: number[][]) => ({
      ...{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } },
    })
    const features = [
      feature({ 種類: '部屋', 名称: '閲覧室', 名称_韓国語: '열람실' }, box(0, 0, 40, 24)),
      feature({ 種類: '部屋', 名称: 'おはなしの部屋' }, box(30, 0, 10, 8)),
      feature({ 種類: '柱' }, box(19.5, 11.5, 1, 1)),
      feature({ 棚: '絵本', 名称: '絵本', 名称_韓国語: '그림책' }, box(2, 16, 8, 3)),
      feature({ 棚: '文学', 名称: '日本の文学', 'name:en': 'Literature' }, box(14, 16, 9, 3)),
      feature({ 棚: '新聞', 名称: '新聞', 'name:ko': '신문' }, box(36, 12, 2, 9)),
    ]
    const library = join(content, 'library')
    writeFileSync(join(library, 'floor.geojson'), JSON.stringify({ type: 'FeatureCollection', features }))
    writeFileSync(join(library, 'plans.csv'), '図,館,名称,画像\n1階,図書館,1階,floor.geojson\n')
    rmSync(join(library, 'shelves.csv'))
    await publish()
    await expect.poll(async () => (await kiosk?.screen.library.view())?.plans[0]?.labelled).toBe(true)
    for (const stage of ['portrait', 'landscape'] as const)
      await seePlace(stage, async (visitor) => {
        await visitor.page.locator('.library-plan-shelves').waitFor()
        const names = await visitor.page.locator('.library-plan-shelves text').allTextContents()
        expect(names).toEqual(['열람실', 'おはなしの部屋', '그림책', 'Literature', '신문'])
        await picture(`kiosk-geojson-${stage}`, visitor.page)
      })
    await page.goto(`${town.hub.url}/library?work=shelves`)
    await shelf('日本の文学').waitFor()
    await shelf('日本の文学').focus()
    await page.keyboard.press('Enter')
    await see('この棚は floor.geojson に描かれています。')
    await picture('console-geojson')
  })

  // Without naming the folder: it is the one that the console writes into.
  const publish = async () => expect(await cli('publish', '--data', join(town.dir, 'data'))).toMatchObject({ code: 0 })
  const library = async () => {
    if (kiosk === null) throw new Error('no kiosk yet')
    return kiosk.screen.library.view()
  }
  const markedCorners = async (visitor: Visitor) => {
    const points = await visitor.page.locator('.library-plan-mark polygon').getAttribute('points')
    return (points ?? '').split(' ').map((point) => point.split(',').map((part) => Math.round(Number(part))))
  }
  /** In Korean, to the first book’s place. */
  async function seePlace(stage: StageName, look: (visitor: Visitor) => Promise<void>): Promise<void> {
    if (kiosk === null) throw new Error('no kiosk yet')
    const screen = await serveScreen({ kiosk: kiosk.kiosk, screenDir: rendererDir, port: 0, hostKind: 'headless' })
    const visitor = await openVisitor(browser, { url: screen.url, stage })
    await visitor.begin()
    await visitor.touch('language')
    await visitor.touch('choice-ko')
    await visitor.touch('menu-library')
    await visitor.touch('way-popular')
    await visitor.page.locator('.library-card').first().waitFor()
    await visitor.page.clock.runFor(700)
    await visitor.page.locator('.library-card').first().tap()
    await visitor.at('see-place').waitFor()
    await visitor.touch('see-place')
    await visitor.page.locator('.library-plan-mark').waitFor()
    await look(visitor)
    await visitor.close()
    await screen.close()
  }
})
