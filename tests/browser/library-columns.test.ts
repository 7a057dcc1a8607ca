import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildRelease0, contentDir, release0Dir } from '../../build/release0.ts'
import { buildScreens, consoleDir } from '../../build/screens.ts'
import { libraryFilterSchema } from '../../contract/menus/library.ts'
import { playedClock, quickTiming, type TestKiosk, testKiosk } from '../../electron/kiosk/testing/test-kiosk.ts'
import { type TestHub, testHub } from '../../townhall/testing/test-hub.ts'
import { administratorAt, password } from '../../townhall/testing/test-staff.ts'
import { town as cli } from '../town/run-command.ts'
import { chromiumPath, openBrowser } from './installed-chromium.ts'
import { patienceMs } from './screen-bench.ts'

const list = [
  ...[
    '芽室町図書館 蔵書リスト,,',
    '№,本の名,かいた人',
    '1,十勝の空と小さな図書館,山田 花子',
    '2,ねこのゆうびん,佐藤 一郎',
  ],
  '',
].join('\r\n')

/** A list whose headings nobody knows, from the clerk's hand to the visitor's search. */
describe.skipIf(chromiumPath === null)('a list with strange headings', () => {
  let scratch: string
  let town: TestHub
  let browser: Browser
  let page: Page
  let kiosk: TestKiosk | null = null
  const errors: string[] = []

  beforeAll(async () => {
    await buildScreens(() => undefined)
    await buildRelease0(() => undefined)
    scratch = mkdtempSync(join(tmpdir(), 'library-columns-'))
    cpSync(contentDir, join(scratch, 'content'), { recursive: true })
    writeFileSync(join(scratch, 'strange.csv'), list)
    town = await testHub({ consoleDir })
    await administratorAt(town)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.setDefaultTimeout(patienceMs)
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(town.hub.url)
    await page.getByLabel('メールアドレス').fill('kanri@town.example')
    await page.getByLabel('パスワード', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'サインイン' }).click()
    await page.getByRole('link', { name: '図書館', exact: true }).click()
  })
  afterAll(async () => {
    await browser.close()
    await kiosk?.kiosk.stop()
    await town.close()
    rmSync(scratch, { recursive: true, force: true })
  })

  const dialog = () => page.getByRole('dialog')
  async function chooseFile(): Promise<void> {
    await page.getByRole('button', { name: '一覧を渡す' }).click()
    await page.locator('input[type=file]').setInputFiles(join(scratch, 'strange.csv'))
  }
  const give = () => dialog().getByRole('button', { name: '渡す', exact: true }).click()
  const select = (field: string) => dialog().getByRole('combobox', { name: field, exact: true })

  it('is read as the clerk says, and remembered', async () => {
    await chooseFile()
    await dialog().getByText('列の名前がわかりません').waitFor()
    await dialog().getByRole('cell', { name: 'ねこのゆうびん' }).waitFor()
    await give()
    await dialog().getByText('「タイトル」の列を選んでください。').waitFor()
    await select('書誌番号').selectOption('№')
    await select('タイトル').selectOption('本の名')
    await select('著者').selectOption('かいた人')
    await give()
    await page.getByText('2 タイトルを受け取りました').waitFor()
    await dialog().waitFor({ state: 'detached' })
    await chooseFile()
    await dialog().getByText('列の名前は読めました（3 の項目）。').waitFor()
    await dialog().getByRole('button', { name: '列を見なおす' }).click()
    expect(await select('タイトル').inputValue()).toBe('本の名')
    expect(errors).toEqual([])
  })

  it('is found by the visitor', async () => {
    const data = ['--data', join(town.dir, 'data')]
    expect(await cli('publish', '--content', join(scratch, 'content'), ...data)).toMatchObject({ code: 0 })
    const facility = town.hub.parts.facilities.find(({ id }) => id === 'kenko-plaza')
    if (facility === undefined) throw new Error('no such facility')
    const { code } = await town.hub.parts.enrolment.createCode(facility, 'test')
    kiosk = await testKiosk({
      ...{ dataDir: join(scratch, 'kiosk'), release0Dir, clock: playedClock({ wallMs: town.clock.nowMs() }) },
      timing: { ...quickTiming, releasePollMs: 200, catalogueLookMs: 20 },
    })
    await kiosk.kiosk.enrol({ hubUrl: town.hub.url, code })
    kiosk.kiosk.start()
    const { screen } = kiosk
    const query = { filter: libraryFilterSchema.parse({}), order: 'best', from: 0, most: 20 } as const
    const found = (text: string) =>
      screen.library.search({ ...query, text }).then(
        ({ titles }) => titles.map(({ title }) => title),
        () => null,
      )
    await expect.poll(() => found('十勝の空と小さな')).toEqual(['十勝の空と小さな図書館'])
    expect(await found('佐藤 一郎')).toEqual(['ねこのゆうびん'])
  })
})
