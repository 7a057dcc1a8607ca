import { MantineProvider } from '@mantine/core'
import { cleanNotifications, Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LibraryOfHub } from '../../../contract/library/hub-view.ts'
import { createQueries } from '../api/queries.ts'
import { LibraryPage } from './library-page.tsx'
import { loanAgeInWords, placeInWords } from './library-words.ts'

/** The console's client takes the page's fetch once, when it is loaded: the wire is put in place before. */
const wire = vi.hoisted(() => {
  type Answer = (request: Request, signal?: AbortSignal | null) => Promise<Response>
  const made: { answer: Answer } = { answer: async () => new Response(null, { status: 404 }) }
  globalThis.fetch = (input, init) =>
    made.answer(
      new Request(typeof input === 'string' ? new URL(input, window.location.href) : input, init),
      init?.signal,
    )
  return made
})
const nowMs = Date.UTC(2026, 10, 27, 3)
const none: LibraryOfHub = {
  ...{ nowMs, titles: 0, asOf: null, sources: [], running: null, last: null, watch: null, daily: [] },
  readings: null,
  unknownPlaces: { all: 0, first: [] },
  loans: { kind: 'none', toldAtMs: null, failure: null },
}
const taken: NonNullable<LibraryOfHub['last']> = {
  ...{ atMs: nowMs - 60_000, actor: 'hub', from: 'zosho.csv', source: 'file', refusal: null },
  ...{ read: 1_203, titles: 1_200, refused: 1, added: 20, changed: 3, deleted: 2 },
  notices: [
    { line: 12, column: '受入日', value: '13月', reason: '日付として読めません。', severity: 'note' },
    { line: 7, column: 'タイトル', value: null, reason: 'タイトルがありません。', severity: 'refused' },
  ],
}
const running: NonNullable<LibraryOfHub['running']> = {
  ...{ id: 'job-1', actor: 'hub', from: 'zosho.csv', startedAtMs: nowMs - 120_000 },
  ...{ titles: 40_000, of: null, cancelledBy: null },
}
let root: Root | undefined
let view: LibraryOfHub
let role: string
let sent: { path: string; bytes: number }[]
let uploadAnswer: { status: number; body: unknown }
let cancelled: unknown[]
let cancelAnswer: { status: number; body: unknown }

beforeEach(() => {
  role = 'editor'
  sent = []
  uploadAnswer = { status: 202, body: {} }
  cancelled = []
  cancelAnswer = { status: 200, body: {} }
  wire.answer = async (request) => {
    const { pathname, search } = new URL(request.url)
    const json = (status: number, body: unknown) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    if (pathname === '/upload/library') {
      sent.push({ path: search, bytes: (await request.arrayBuffer()).byteLength })
      return json(uploadAnswer.status, uploadAnswer.body)
    }
    if (pathname.endsWith('/library/import/cancel')) {
      cancelled.push(await request.json())
      return json(cancelAnswer.status, cancelAnswer.body)
    }
    if (pathname.endsWith('/staff/me'))
      return json(200, { id: '1', name: '職員', email: 'a@town.example', role, twoFactor: true })
    return json(200, view)
  }
  document.body.innerHTML = '<div id="root"></div>'
})
afterEach(() => {
  root?.unmount()
  // They are of the whole page, and the next test would read what was told in this one.
  cleanNotifications()
})

const text = () => document.body.textContent ?? ''
const button = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent === name)
const rows = () =>
  [...document.querySelectorAll('tbody tr')].map((row) => [...row.children].map((one) => one.textContent))
function show(of: LibraryOfHub) {
  view = of
  root = createRoot(document.getElementById('root') ?? document.body)
  root.render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={createQueries()}>
        <LibraryPage />
      </QueryClientProvider>
    </MantineProvider>,
  )
}
async function choose(name: string) {
  await expect.poll(() => button('一覧を渡す')?.disabled).toBe(false)
  button('一覧を渡す')?.click()
  await expect.poll(() => document.querySelector('input[type=file]')).not.toBeNull()
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  Object.defineProperty(input, 'files', { value: [new File(['書誌番号,タイトル'], name)] })
  input?.dispatchEvent(new Event('change', { bubbles: true }))
  await expect.poll(() => button('渡す')?.disabled).toBe(false)
}

describe('図書館 in the console', () => {
  it('says that there is nothing yet, and offers to hand in a list', async () => {
    show(none)
    await expect.poll(text).toContain('蔵書はまだありません')
    expect(text()).toContain('受け取っていません')
    await expect.poll(() => button('一覧を渡す')).toBeDefined()
  })

  it('shows what the catalogue holds, and the bad rows of the last list, the lost ones first', async () => {
    show({ ...none, titles: 1_200, asOf: '2026-11-27', sources: [{ name: 'file', titles: 1_200 }], last: taken })
    await expect.poll(text).toContain('1,200 タイトル（2026/11/27(金) に受け取ったもの）')
    expect(text()).toContain('役場のサーバー')
    expect(text()).toContain('受け取れなかったものが 1 件あります。')
    expect(rows()).toEqual([
      ['7行目 タイトル', '受け取れません', 'タイトルがありません。', ''],
      ['12行目 受入日', 'お知らせ', '日付として読めません。', '13月'],
    ])
  })

  it('tells how many titles have no reading, of the catalogue and of the last list', async () => {
    const readings = { without: 1_100, guessed: 1_050, by: 'MeCab' }
    const last = { ...taken, readings: { without: 12, guessed: 0, by: null } }
    show({ ...none, titles: 1_200, asOf: '2026-11-27', readings, last })
    await expect.poll(text).toContain('漢字の題 1,100 には、ヨミがありません。そのうち 1,050 は、ヨミを推定しました')
    expect(text()).toContain('漢字の題 12 には、ヨミがありません。ヨミを推定するプログラム（MeCab）がないので')
  })

  it.each([null, { without: 0, guessed: 0, by: 'MeCab' }])(
    'says nothing of readings where none lacks: %j',
    async (readings) => {
      show({ ...none, titles: 1_200, asOf: '2026-11-27', readings, last: taken })
      await expect.poll(text).toContain('1,200 タイトル')
      expect(text()).not.toContain('ヨミ')
    },
  )

  it('shows words for places that nobody has given a name', async () => {
    const first = [
      { column: '保管場所' as const, value: 'ｼｮｺ2', copies: 1_204, example: '雪国' },
      { column: '館' as const, value: '分館', copies: 3, example: null },
    ]
    show({ ...none, titles: 9, asOf: '2026-11-27', unknownPlaces: { all: 12, first } })
    await expect.poll(text).toContain('名前のわからない館と棚')
    expect(rows()).toEqual([
      ['ｼｮｺ2', '保管場所', '1,204', '雪国'],
      ['分館', '館', '3', ''],
    ])
    expect(text()).toContain('ほかに 10 あります。')
  })

  it('says why a list was not taken', async () => {
    show({ ...none, last: { ...taken, refusal: 'いまの 60 タイトルのうち 58 がこの一覧にありません。', notices: [] } })
    await expect.poll(text).toContain('受け取っていません')
    expect(text()).toContain('60 タイトルのうち 58')
  })

  it('says how far a list is that is being read, and takes no other meanwhile', async () => {
    show({ ...none, running })
    await expect.poll(text).toContain('「zosho.csv」を読んでいます（2分たちました。40,000 タイトルまで読みました）。')
    expect(button('一覧を渡す')?.disabled).toBe(true)
  })

  it('shows how far it is where it is known how many there are', async () => {
    show({ ...none, running: { ...running, of: 160_000 } })
    await expect.poll(text).toContain('40,000 / 160,000 タイトル')
    expect(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('25')
  })

  it('ends the list that is being read, after a question, and only that one', async () => {
    show({ ...none, running })
    await expect.poll(() => button('中止する')).toBeDefined()
    button('中止する')?.click()
    await expect.poll(() => document.querySelector('[role=dialog]')?.textContent).toContain('中止しますか')
    button('読みつづける')?.click()
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull()
    expect(cancelled).toEqual([])
    button('中止する')?.click()
    await expect.poll(() => document.querySelector('[role=dialog] button[type=submit]')).not.toBeNull()
    view = { ...none, running: { ...running, cancelledBy: 'a@town.example' } }
    document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')?.click()
    await expect.poll(text).toContain('「zosho.csv」を中止しています（a@town.example）。')
    expect(cancelled).toEqual([{ id: 'job-1' }])
    await expect.poll(() => button('中止する')).toBeUndefined()
  })

  it('says in words that the list was read to its end before', async () => {
    cancelAnswer = { status: 409, body: { defined: true, code: 'OVER', status: 409, message: 'もう終わっています。' } }
    show({ ...none, running })
    await expect.poll(() => button('中止する')).toBeDefined()
    button('中止する')?.click()
    await expect.poll(() => document.querySelector('[role=dialog] button[type=submit]')).not.toBeNull()
    document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')?.click()
    await expect.poll(text).toContain('もう終わっています。')
  })

  it('says who ended the last list, and that the catalogue stands as it was', async () => {
    const refusal = '読んでいる途中で中止しました。いまの蔵書はそのままです。'
    show({ ...none, last: { ...taken, refusal, cancelledBy: 'a@town.example', notices: [] } })
    await expect.poll(text).toContain('中止しました（a@town.example）')
    expect(text()).toContain(refusal)
    expect(text()).not.toContain('受け取っていません。')
  })

  it('sends the chosen file as it is', async () => {
    show(none)
    await choose('蔵書.csv')
    button('渡す')?.click()
    await expect.poll(text).toContain('ファイルを受け取りました。')
    expect(sent).toEqual([{ path: `?name=${encodeURIComponent('蔵書.csv')}`, bytes: 25 }])
  })

  it('says in words that the file was not taken, and keeps the choice', async () => {
    uploadAnswer = { status: 409, body: { message: 'ほかの蔵書を受け取っているところです。' } }
    show(none)
    await choose('zosho.csv')
    button('渡す')?.click()
    await expect.poll(text).toContain('ほかの蔵書を受け取っているところです。')
    await expect.poll(() => button('渡す')?.disabled).toBe(false)
  })

  it('says that the file was saved again since it was chosen, and not that the line is cut', async () => {
    show(none)
    await choose('zosho.csv')
    const { answer } = wire
    wire.answer = (request) => (request.url.includes('/upload/') ? Promise.reject(new TypeError()) : answer(request))
    // As Chromium has it: a file that is another by now cannot be read.
    const slice = vi.spyOn(Blob.prototype, 'slice').mockReturnValue({
      ...new Blob(),
      arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')),
    })
    button('渡す')?.click()
    await expect.poll(text).toContain('選んだあとに書きかえられたか、なくなりました。')
    slice.mockRestore()
    button('渡す')?.click()
    await expect.poll(text).toContain('サーバーにつながりません。')
  })

  it('does not hand in a file when its dialog is closed while it is on its way', async () => {
    show(none)
    await choose('zosho.csv')
    const { answer } = wire
    let onItsWay: AbortSignal | undefined
    wire.answer = (request, signal) => {
      if (!request.url.includes('/upload/') || !signal) return answer(request)
      onItsWay = signal
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new DOMException())))
    }
    button('渡す')?.click()
    await expect.poll(() => onItsWay?.aborted).toBe(false)
    document.querySelector<HTMLButtonElement>('[role=dialog] button[aria-label=閉じる]')?.click()
    await expect.poll(() => onItsWay?.aborted).toBe(true)
    expect(text()).not.toContain('ファイルを受け取りました。')
  })

  it('offers nothing to hand in to those who only look', async () => {
    role = 'approver'
    show({ ...none, titles: 3, asOf: '2026-11-27' })
    await expect.poll(text).toContain('3 タイトル')
    expect(button('一覧を渡す')).toBeUndefined()
    root?.unmount()
    show({ ...none, running })
    await expect.poll(text).toContain('「zosho.csv」を読んでいます')
    expect(button('中止する')).toBeUndefined()
  })

  it('tells the source of loan status, its age and its trouble', async () => {
    const loans = {
      kind: 'koha' as const,
      toldAtMs: nowMs - 180_000,
      failure: { reason: '答えません。', atMs: nowMs - 60_000 },
    }
    show({ ...none, loans })
    await expect.poll(text).toContain('Koha（画面に出ている本だけ聞きます）')
    expect(text()).toContain('3分前')
    expect(text()).toContain('1分前：答えません。')
  })
})

describe('in words', () => {
  it.each([
    [{ line: 3, column: '館' }, '3行目 館'],
    [{ line: null, column: '2件目 タイトル' }, '2件目 タイトル'],
    [{ line: null, column: null }, '全体'],
  ])('%j: %s', (place, words) => {
    expect(placeInWords({ ...place, value: null, reason: '', severity: 'note' })).toBe(words)
  })
  it.each([
    ['none', null, '何も出ません'],
    ['file', null, '使える一覧がまだありません'],
    ['calil', null, 'まだ聞いていません'],
  ] as const)('loans from %s: %s', (kind, toldAtMs, words) => {
    expect(loanAgeInWords({ kind, toldAtMs, failure: null }, nowMs)).toContain(words)
  })
})
