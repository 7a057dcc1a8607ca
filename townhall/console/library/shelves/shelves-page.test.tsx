import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ShelfChange, ShelfCodes, ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import { createQueries } from '../../api/queries.ts'
import { ShelvesPage } from './shelves-page.tsx'

/** The console's client takes the page's fetch once, when it is loaded: the wire is put in place before. */
const wire = vi.hoisted(() => {
  const made = { answer: async (_request: Request): Promise<Response> => new Response(null, { status: 404 }) }
  globalThis.fetch = (input, init) =>
    made.answer(new Request(typeof input === 'string' ? new URL(input, window.location.href) : input, init))
  return made
})

const outline: ShelfDesk['shelves'][number]['outline'] = [
  [0.1, 0.1],
  [0.3, 0.1],
  [0.3, 0.2],
  [0.1, 0.2],
]
const shelf = (id: string, more: Partial<ShelfDesk['shelves'][number]> = {}): ShelfDesk['shelves'][number] => ({
  ...{ id, branch: '本館', name: { ja: id }, plan: '1階', outline, from: 'table', given: null, ...more },
})
const plan = {
  id: '1階',
  branch: '本館',
  name: { ja: '1階' },
  address: '/p',
  widthPx: 1600,
  heightPx: 1000,
  file: 'floor.svg',
}
const first: ShelfDesk = {
  ...{ revision: 'one', closed: null, branches: [{ id: '本館', name: { ja: '本館' } }], plans: [plan], problems: [] },
  shelves: [shelf('文学'), shelf('雑誌', { plan: null, outline: [] })],
}
const counted: ShelfCodes = {
  ...{ counted: true, of: 'hub' },
  codes: [
    { code: '文学', titles: 1_200 },
    { code: '書庫', titles: 340 },
  ],
}

let root: Root | undefined
let desk: ShelfDesk
let codes: ShelfCodes
let role: string
let sent: ShelfChange[]
let refusals: { status: number; body: unknown }[]

beforeEach(() => {
  desk = first
  codes = counted
  role = 'editor'
  sent = []
  refusals = []
  window.sessionStorage.clear()
  wire.answer = async (request) => {
    const { pathname } = new URL(request.url)
    const json = (status: number, body: unknown) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    if (pathname.endsWith('/staff/me'))
      return json(200, { id: '1', name: '職員', email: 'a@town.example', role, twoFactor: true })
    if (pathname.endsWith('/shelf-codes')) return json(200, codes)
    if (request.method === 'GET') return json(200, desk)
    const refusal = refusals.shift()
    if (refusal !== undefined) return json(refusal.status, refusal.body)
    const change: ShelfChange = await request.json()
    sent.push(change)
    const kept = desk.shelves.filter(
      ({ id }) => !change.remove.includes(id) && !change.put.some((one) => one.id === id),
    )
    desk = {
      ...desk,
      revision: `after ${sent.length}`,
      shelves: [...kept, ...change.put.map((one) => shelf(one.id, one))],
    }
    return json(200, { revision: desk.revision })
  }
  document.body.innerHTML = '<div id="root"></div>'
})
afterEach(() => root?.unmount())

const text = () => document.body.textContent ?? ''
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(
    (one) => one.textContent === name || one.getAttribute('aria-label') === name,
  )
const drawn = (name: string) => document.querySelector<SVGGElement>(`.plan-shelf[aria-label="棚 ${name}"]`)
const field = (label: string) => {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.startsWith(label))
  return document.querySelector<HTMLInputElement>(`input[id="${found?.getAttribute('for')}"]`)
}
function show(): void {
  root = createRoot(document.getElementById('root') ?? document.body)
  root.render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={createQueries()}>
        <ShelvesPage />
      </QueryClientProvider>
    </MantineProvider>,
  )
}
async function press(name: string): Promise<void> {
  await expect.poll(() => button(name)?.disabled).toBe(false)
  button(name)?.click()
}
async function choose(name: string): Promise<void> {
  await expect.poll(() => drawn(name)).not.toBeNull()
  key(name, 'Enter')
  await expect.poll(() => drawn(name)?.getAttribute('aria-pressed')).toBe('true')
}
const key = (name: string, pressed: string) =>
  drawn(name)?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }))
async function type(label: string, value: string): Promise<void> {
  await expect.poll(() => field(label)).not.toBeNull()
  const input = field(label)
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value)
  input?.dispatchEvent(new Event('input', { bubbles: true }))
}

describe('棚の場所 in the console', () => {
  it('shows the shelves on their plan, and what is not there yet, most titles first', async () => {
    show()
    await expect.poll(() => drawn('文学')).not.toBeNull()
    await expect.poll(text).toContain('まだ図にない棚（2）')
    expect([...document.querySelectorAll('.open-codes li')].map((one) => one.textContent)).toEqual([
      '書庫 340 タイトル図に置く',
      '雑誌 本がありません図に置く',
    ])
    expect(button('保存する')?.disabled).toBe(true)
  })

  it('sends what was changed and nothing else, and says when it is shown', async () => {
    show()
    await choose('文学')
    await expect.poll(text).toContain('この棚の本は 1,200 タイトルです。')
    await type('名前（英語）', ' Literature ')
    await press('保存する')
    await expect.poll(text).toContain('保存しました。端末に出るのは、次に公開したときです。')
    expect(sent).toEqual([
      {
        revision: 'one',
        put: [{ id: '文学', branch: '本館', name: { ja: '文学', en: 'Literature' }, plan: '1階', outline }],
        remove: [],
      },
    ])
  })

  it('puts a shelf whose place is not known onto the plan, by a button alone', async () => {
    show()
    await press('雑誌を図に置く')
    await press('まん中に置く')
    await choose('雑誌')
    await press('保存する')
    await expect.poll(() => sent).toHaveLength(1)
    expect(sent[0]?.put).toMatchObject([{ id: '雑誌', plan: '1階' }])
    expect(sent[0]?.put[0]?.outline).toHaveLength(4)
  })

  it('by keys: moved, taken away, and back', async () => {
    show()
    await choose('文学')
    const points = () => drawn('文学')?.querySelector('polygon')?.getAttribute('points')
    const before = points()
    key('文学', 'ArrowRight')
    await expect.poll(points).not.toBe(before)
    key('文学', 'Delete')
    await expect.poll(() => drawn('文学')).toBeNull()
    await press('元に戻す')
    await press('元に戻す')
    await expect.poll(points).toBe(before)
    await press('やり直す')
    await expect.poll(points).not.toBe(before)
  })

  it('keeps a number when the field is left right after Enter, before the page was drawn again', async () => {
    show()
    await choose('文学')
    await type('左から %', '20')
    const input = field('左から %')
    input?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    // The event's own work is done; what follows from it is not.
    for (let turn = 0; turn < 3; turn += 1) await Promise.resolve()
    input?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    await expect.poll(() => field('左から %')?.value).toBe('20')
    await press('保存する')
    await expect.poll(() => sent).toHaveLength(1)
    expect(sent[0]?.put[0]?.outline[0]?.[0]).toBe(0.2)
  })

  it('does not let a shelf without a code be saved, and says what is missing', async () => {
    show()
    await press('まん中に置く')
    await expect.poll(text).toContain('棚コードを入れてください。')
    expect(text()).toContain('名前かコードの足りない棚があります')
    expect(button('保存する')?.disabled).toBe(true)
    await type('棚コード', '文学')
    await type('名前（日本語）', '文学')
    await expect.poll(text).toContain('この棚コードの棚は、ほかにもあります。')
    await type('棚コード', '書庫')
    await expect.poll(() => button('保存する')?.disabled).toBe(false)
  })

  it('of two who save the second is asked, keeps what was drawn, and takes in what the first did', async () => {
    show()
    await choose('文学')
    await type('名前（日本語）', '小説')
    desk = {
      ...first,
      revision: 'theirs',
      shelves: [shelf('文学'), shelf('新聞'), shelf('雑誌', { name: { ja: 'ざっし' } })],
    }
    refusals = [
      {
        status: 409,
        body: { defined: true, code: 'CHANGED_MEANWHILE', status: 409, message: 'ほかの人が先に棚を変えました。' },
      },
    ]
    await press('保存する')
    await expect.poll(text).toContain('ほかの人が先に棚を保存しました')
    expect(text()).toContain('ほかの人だけが変えた棚（取りこみます）：新聞、雑誌')
    await press('取りこんで続ける')
    await expect.poll(() => drawn('ざっし')).not.toBeNull()
    await press('保存する')
    await expect.poll(() => sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ revision: 'theirs', put: [{ id: '文学', name: { ja: '小説' } }], remove: [] })
  })

  it('asks nobody about a colleague who was ourselves: saved before, and only the answer was lost', async () => {
    const drawnToo = { ...first, shelves: [shelf('文学'), shelf('雑誌')] }
    desk = drawnToo
    show()
    await choose('文学')
    await type('名前（日本語）', '小説')
    desk = {
      ...drawnToo,
      revision: 'saved before',
      shelves: [shelf('文学', { name: { ja: '小説' } }), shelf('雑誌')],
    }
    await choose('雑誌')
    await type('名前（日本語）', 'ざっし')
    refusals = [{ status: 409, body: { defined: true, code: 'CHANGED_MEANWHILE', status: 409, message: 'もう一度。' } }]
    await press('保存する')
    await expect.poll(() => sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      revision: 'saved before',
      put: [{ id: '雑誌', name: { ja: 'ざっし' } }],
      remove: [],
    })
    await expect.poll(() => button('保存する')?.disabled).toBe(true)
    expect(text()).not.toContain('ほかの人が先に')
  })

  it('says in words why something was not saved, and keeps it', async () => {
    refusals = [
      {
        status: 507,
        body: { defined: true, code: 'NOT_WRITTEN', status: 507, message: 'shelves.csv に書きこめません。' },
      },
    ]
    show()
    await choose('文学')
    await type('名前（日本語）', '小説')
    await press('保存する')
    await expect.poll(text).toContain('shelves.csv に書きこめません。')
    expect(text()).toContain('保存していない変更 1 件')
  })

  it('offers to go on with what the window kept, when the page is opened anew', async () => {
    show()
    await choose('文学')
    await type('名前（日本語）', '小説')
    await expect.poll(() => drawn('小説')).not.toBeNull()
    await expect.poll(() => window.sessionStorage.length).toBe(1)
    root?.unmount()
    document.body.innerHTML = '<div id="root"></div>'
    show()
    await press('続きから描く')
    await expect.poll(() => drawn('小説')).not.toBeNull()
    expect(text()).toContain('保存していない変更 1 件')
  })

  it('lets those who only look look', async () => {
    role = 'approver'
    show()
    await choose('文学')
    expect(button('保存する')).toBeUndefined()
    expect(button('この棚を消す')).toBeUndefined()
    expect(field('名前（日本語）')?.readOnly).toBe(true)
    key('文学', 'Delete')
    key('文学', 'ArrowRight')
    expect(drawn('文学')).not.toBeNull()
    expect(document.querySelector('.plan-handles')).toBeNull()
  })

  it('says why nothing can be saved, and what could not be read, by file and place', async () => {
    const problem = {
      line: null,
      column: '3件目「B」',
      value: 'B',
      reason: '座標が数ではありません。',
      severity: 'refused' as const,
    }
    desk = {
      ...first,
      closed: '読めない表があるので、保存できません。',
      problems: [{ file: 'content/library/floor.geojson', ...problem }],
    }
    show()
    await expect.poll(text).toContain('読めない表があるので、保存できません。')
    expect(button('保存する')).toBeUndefined()
    const cells = [...document.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    )
    expect(cells).toEqual([['floor.geojson', '3件目「B」', '受け取れません', '座標が数ではありません。', 'B']])
  })

  it('a shelf of a GeoJSON says where it is written, and is put back, not taken away', async () => {
    const given = { plan: '1階', outline }
    const moved = outline.map(([x, y]): [number, number] => [x + 0.3, y])
    desk = { ...first, shelves: [shelf('新聞', { from: 'both', given, outline: moved })] }
    show()
    await choose('新聞')
    await press('GeoJSON のとおりにもどす')
    await expect.poll(text).toContain('この棚は floor.svg に描かれています。')
    await press('保存する')
    await expect.poll(() => sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ put: [], remove: ['新聞'] })
  })
})
