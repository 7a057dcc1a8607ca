import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InternetCounts } from '../../../contract/hub-api.ts'
import { internetRefusals } from '../../../contract/internet-policy.ts'
import { createQueries } from '../api/queries.ts'
import { healthInWords } from './health-words.ts'
import { InternetPart } from './internet-part.tsx'
import { internetStateInWords, refusalInWords, turnInWords } from './internet-words.ts'

type View = {
  state: 'open' | 'closed' | 'resting' | null
  turn: string | null
  connected: boolean
  today: InternetCounts
  month: InternetCounts
}
/** The console's client takes the page's fetch once, when it is loaded: the wire is put in place before. */
const wire = vi.hoisted(() => {
  const made = { answer: async (_request: Request): Promise<Response> => new Response(null, { status: 404 }) }
  globalThis.fetch = (input, init) => made.answer(new Request(input, init))
  return made
})
let root: Root | undefined
/** What the hub answers and was asked, at the wire: everything of the console itself is real. */
let view: View
let asked: string[]
let endAnswer: { status: number; body: unknown }

beforeEach(() => {
  asked = []
  endAnswer = { status: 200, body: {} }
  wire.answer = async (request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`)
    const { status, body } = request.method === 'GET' ? { status: 200, body: view } : endAnswer
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  }
  document.body.innerHTML = '<div id="root"></div>'
})
afterEach(() => root?.unmount())

const text = () => document.body.textContent ?? ''
const buttons = (name: string) => [...document.querySelectorAll('button')].filter((one) => one.textContent === name)
const rows = () =>
  [...document.querySelectorAll('tbody tr')].map((row) => [...row.children].map((one) => one.textContent))
function show() {
  root = createRoot(document.getElementById('root') ?? document.body)
  root.render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={createQueries()}>
        <InternetPart kiosk={{ id: 'kenko-plaza', name: '健康プラザ' }} />
      </QueryClientProvider>
    </MantineProvider>,
  )
}
const used: View = {
  state: 'open',
  turn: '0123456789abcdef',
  connected: true,
  today: { turns: 3, refused: [{ reason: 'not-listed', times: 4 }] },
  month: {
    turns: 1_234,
    refused: [
      { reason: 'not-listed', times: 40 },
      { reason: 'download', times: 2 },
    ],
  },
}

describe('体験インターネット in the console', () => {
  it('shows whether it is in use, and counts by reason, and says that no address is kept', async () => {
    view = used
    show()
    await expect.poll(text).toContain('使用中')
    expect(rows()).toEqual([
      ['使われた回数', '3', '1,234'],
      ['止めたもの：登録されていないサイト', '4', '40'],
      ['止めたもの：ファイルの保存', '0', '2'],
    ])
    expect(text()).toContain('どのサイトを見たかは、端末にも役場にも残りません。')
  })

  it('ends a turn after asking once more, and not before', async () => {
    view = used
    show()
    await expect.poll(() => buttons('終わらせる').length).toBe(1)
    buttons('終わらせる')[0]?.click()
    await expect.poll(text).toContain('書きかけのものは消えます。')
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([])
    buttons('終わらせる').at(-1)?.click()
    await expect.poll(text).toContain('終わらせるよう伝えました。')
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual(['POST /api/v1/kiosks/kenko-plaza/internet/end'])
  })

  it('says in words that the kiosk could not be reached', async () => {
    view = used
    endAnswer = {
      status: 409,
      body: {
        defined: true,
        code: 'NOT_CONNECTED',
        status: 409,
        message: '端末とつながっていないため、伝えられません。',
      },
    }
    show()
    await expect.poll(() => buttons('終わらせる').length).toBe(1)
    buttons('終わらせる')[0]?.click()
    await expect.poll(() => buttons('終わらせる').length).toBe(2)
    buttons('終わらせる').at(-1)?.click()
    await expect.poll(text).toContain('端末とつながっていないため、伝えられません。')
  })

  it('a kiosk that is away has nothing to end', async () => {
    view = { ...used, state: null, turn: null, connected: false }
    show()
    await expect.poll(text).toContain('端末とつながっていません')
    expect(buttons('終わらせる')[0]?.disabled).toBe(true)
  })
})

describe('in words', () => {
  it('every reason is told in Japanese, each in its own words', () => {
    const words = internetRefusals.map(refusalInWords)
    for (const one of words) expect(one).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
    expect(new Set(words).size).toBe(words.length)
  })

  it('a turn that ended is a span, a reason and counts; whatever else stands there is not shown', () => {
    const detail = { lastedMs: 740_000, why: 'time', 'not-listed': 3, download: 1, address: 'https://town.example/' }
    const words = '12分、時間になった、止めたもの：登録されていないサイト 3回、ファイルの保存 1回'
    expect(turnInWords(detail)).toBe(words)
    expect(healthInWords({ code: 'internet-turn-ended', detail }).particulars).toBe(words)
    expect(turnInWords({})).toBe('')
  })

  it.each([
    ['open', true, '使用中'],
    ['closed', true, 'いまは使われていません'],
    ['resting', true, '休んでいます'],
    [null, true, '端末のプログラム'],
    [null, false, 'つながっていません'],
  ] as const)('%s, connected %s: %s', (state, connected, words) => {
    expect(internetStateInWords(state, connected)).toContain(words)
  })
})
