import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentDir } from '../../build/release0.ts'
import { fiscalYearOf } from '../../townhall/usage/fiscal-calendar.ts'
import { chromiumPath, openBrowser } from '../browser/installed-chromium.ts'
import { openVisitor, patientFacility } from '../browser/screen-bench.ts'
import { town } from './run-command.ts'
import { startTown } from './started-town.ts'

describe.skipIf(chromiumPath === null)('npm start, from a touch to the table', () => {
  const dir = mkdtempSync(join(tmpdir(), 'whole-path-'))
  const data = join(dir, 'data')
  // The visitor stands there while commands run, however long that takes on a slow machine.
  const config = join(dir, 'chuo-kominkan.json')
  let browser: Browser
  beforeAll(async () => {
    writeFileSync(config, JSON.stringify(patientFacility))
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  // A year to either side: the night of a 31 March may lie between the touch and the question.
  const thisYear = fiscalYearOf(Date.now())
  const tourism = async () => {
    const { out } = await town(
      'report',
      ...[
        ...['--fiscal-year', String(thisYear - 1), '--to', String(thisYear + 1)],
        '--layout',
        'rows',
        '--format',
        'json',
        '--data',
        join(data, 'hub'),
      ],
    )
    const found = JSON.parse(out) as { rows: { menu: string; count: number }[] }
    return found.rows.filter(({ menu }) => menu === 'tourism').reduce((sum, { count }) => sum + count, 0)
  }

  it('a touch comes to the table; what is published comes to the screen without moving the visitor; a second start goes on', async () => {
    const first = await startTown(data, config)
    expect(first.said(/^host: /)).toHaveLength(1)
    expect(first.said(/^first administrator .*: http/)).toHaveLength(1)
    const visitor = await openVisitor(browser, { url: first.kiosk, stage: 'portrait' })
    await visitor.begin()
    await visitor.touch('menu-tourism')
    await visitor.touch('entry-sights')
    await expect.poll(tourism, { interval: 500 }).toBe(1)

    await visitor.page.clock.runFor(600)
    await visitor.page.locator('.sight-card').first().tap()
    await visitor.see('芽室公園')
    const changed = join(dir, 'content')
    cpSync(contentDir, changed, { recursive: true })
    const sights = join(changed, 'tourism', 'tourism.csv')
    writeFileSync(sights, readFileSync(sights, 'utf8').replace(',芽室公園,', ',芽室の公園,'))
    expect(await town('publish', '--data', join(data, 'hub'), '--content', changed)).toMatchObject({ code: 0 })
    await visitor.see('芽室の公園')
    await visitor.page.locator('.facts').waitFor()
    expect(await tourism()).toBe(1)
    await visitor.close()
    expect(await first.interrupt()).toBe(0)

    const second = await startTown(data, config)
    expect(second.said(/^first administrator .*: http/)).toHaveLength(1)
    const next = await openVisitor(browser, { url: second.kiosk, stage: 'portrait' })
    await next.begin()
    await next.touch('menu-tourism')
    await next.touch('entry-sights')
    await next.see('芽室の公園')
    await expect.poll(tourism, { interval: 500 }).toBe(2)
    await next.close()
    expect(await second.interrupt()).toBe(0)
  })

  it('a date that is none costs its own row, told by file, line and column; a file that is none changes nothing', async () => {
    const changed = join(dir, 'mistaken')
    cpSync(contentDir, changed, { recursive: true })
    const events = join(changed, 'tourism', 'event.csv')
    writeFileSync(events, readFileSync(events, 'utf8').replace('2026-02-14', '2026-02-31'))
    const published = await town('publish', '--data', join(data, 'hub'), '--content', changed)
    expect(published.code).toBe(0)
    expect(published.err).toMatch(/event\.csv:2:開始日 受け取れません: .*（「2026-02-31」）/)
    expect(published.out).toContain('受け取れなかった行が 1 行あります')

    writeFileSync(events, 'これは表ではありません')
    const refused = await town('publish', '--data', join(data, 'hub'), '--content', changed)
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.err).toContain('この内容では公開できません')
  })
})
