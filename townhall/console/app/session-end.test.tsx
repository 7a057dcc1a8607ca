import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createQueries } from '../api/queries.ts'
import { App } from './app.tsx'

/** The console's client takes the page's fetch once, when it is loaded: the wire is put in place before. */
const wire = vi.hoisted(() => {
  const made = { answer: async (_request: Request): Promise<Response> => new Response(null, { status: 404 }) }
  globalThis.fetch = (input, init) =>
    made.answer(new Request(typeof input === 'string' ? new URL(input, window.location.href) : input, init))
  return made
})
const view = {
  ...{ nowMs: 0, titles: 0, asOf: null, sources: [], running: null, last: null, watch: null, daily: [] },
  unknownPlaces: { all: 0, first: [] },
  loans: { kind: 'none', toldAtMs: null, failure: null },
}
let root: Root | undefined
let signedIn: string | null
let sent: number

beforeEach(() => {
  signedIn = 'hanako'
  sent = 0
  wire.answer = async (request) => {
    const { pathname } = new URL(request.url)
    const json = (status: number, body: unknown) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    if (pathname === '/auth/sign-in/email') {
      const { email, password }: { email: string; password: string } = await request.json()
      if (password !== 'right') return json(401, { code: 'INVALID_EMAIL_OR_PASSWORD' })
      signedIn = email.replace(/@.*/, '')
      return json(200, {})
    }
    if (signedIn === null)
      return json(401, { defined: false, code: 'UNAUTHORIZED', status: 401, message: 'サインインしてください。' })
    if (pathname === '/upload/library') {
      sent += 1
      return json(202, {})
    }
    if (pathname.endsWith('/staff/me'))
      return json(200, {
        id: signedIn,
        name: signedIn,
        email: `${signedIn}@town.example`,
        role: 'editor',
        twoFactor: true,
      })
    return json(200, view)
  }
  window.history.replaceState(null, '', '/library')
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root') ?? document.body)
  root.render(
    <MantineProvider env="test">
      <QueryClientProvider client={createQueries()}>
        <App />
      </QueryClientProvider>
    </MantineProvider>,
  )
})
afterEach(() => root?.unmount())

const text = () => document.body.textContent ?? ''
const button = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent === name)
const field = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`)
function type(name: string, value: string) {
  const input = field(name)
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value)
  input?.dispatchEvent(new Event('input', { bubbles: true }))
}
/** A dialog with a file in it, and a session that ends over it. */
async function sendTooLate() {
  await expect.poll(() => button('一覧を渡す')?.disabled).toBe(false)
  button('一覧を渡す')?.click()
  await expect.poll(() => document.querySelector('input[type=file]')).not.toBeNull()
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  Object.defineProperty(input, 'files', { value: [new File(['書誌番号,タイトル'], '蔵書.csv')] })
  input?.dispatchEvent(new Event('change', { bubbles: true }))
  await expect.poll(() => button('渡す')?.disabled).toBe(false)
  signedIn = null
  button('渡す')?.click()
  await expect.poll(() => field('password')).not.toBeNull()
}
async function signIn(password: string) {
  type('password', password)
  await expect.poll(() => field('password')?.value).toBe(password)
  field('password')?.form?.requestSubmit()
}

describe('a session that ends while a form is full', () => {
  it('is gone on with after the sign-in: what was chosen is still there', async () => {
    await sendTooLate()
    expect(text()).toContain('書きかけのところに戻ります。')
    expect(field('email')?.value).toBe('hanako@town.example')
    await signIn('wrong')
    await expect.poll(text).toContain('メールアドレスかパスワードがちがいます。')
    await signIn('right')
    await expect.poll(() => field('password')).toBeNull()
    expect(text()).toContain('蔵書.csv')
    expect(text()).not.toContain('できませんでした')
    await expect.poll(() => button('渡す')?.disabled).toBe(false)
    button('渡す')?.click()
    await expect.poll(() => sent).toBe(1)
  })

  it('leaves nothing of it to another who signs in', async () => {
    await sendTooLate()
    type('email', 'taro@town.example')
    await signIn('right')
    await expect.poll(() => field('password')).toBeNull()
    await expect.poll(text).toContain('taro（編集）')
    expect(text()).not.toContain('蔵書.csv')
  })
})
