import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestHub, testHub } from '../testing/test-hub.ts'
import { createCatalogueJobs } from './catalogue-jobs.ts'
import { lastReport, refuseCatalogue } from './take-catalogue.ts'

const job = { actor: 'a@town.example', from: 'list.csv', source: 'file', args: ['import', '/list.csv'] }

describe('a catalogue that the hub takes in', () => {
  let town: TestHub
  beforeEach(async () => {
    town = await testHub()
  })
  afterEach(() => town.close())

  it.each([
    ['of what nobody expected', 1, 'TypeError: x is not a function', '途中でプログラムが止まりました'],
    ['of a disk without room', 1, 'SqliteError: database or disk is full, code: SQLITE_FULL', 'ディスクがいっぱい'],
    ['because somebody ended it', null, '', '途中でプログラムが止まりました'],
  ])('is told to have come to no end: %s', async (_, code, line, words) => {
    const { context } = town.hub
    await refuseCatalogue(context, { ...job, from: 'earlier.csv' }, '前の一覧です。')
    const jobs = createCatalogueJobs(context, async (_args, say) => {
      say(line)
      return code
    })
    expect(await jobs.start(job)).toBe(true)
    expect(await lastReport(context)).toMatchObject({ from: 'list.csv', refusal: expect.stringContaining(words) })
  })

  it('says nothing more where the reason was told', async () => {
    const { context } = town.hub
    const jobs = createCatalogueJobs(context, async () => {
      await refuseCatalogue(context, job, '受け取れる書誌がありません。')
      return 1
    })
    expect(await jobs.start(job)).toBe(true)
    expect((await lastReport(context))?.refusal).toBe('受け取れる書誌がありません。')
  })
})
