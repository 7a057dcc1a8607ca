import type { Role } from '../../contract/hub-api.ts'
import type { Answer, TestHub } from './test-hub.ts'

export const password = 'tadashii uma denchi hochikisu'

/** A browser at the hub: keeps its cookies, and says its origin as browsers do. */
export function browserAt(town: TestHub) {
  const cookies = new Map<string, string>()
  const origin = town.hub.url
  async function send(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await town.ask(path, {
      ...(body === undefined ? {} : { body }),
      headers: { ...(cookie && { cookie }), ...(body === undefined ? {} : { origin }), ...headers },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    cookies,
    get: (path: string, headers?: Record<string, string>) => send(path, undefined, headers),
    post: (path: string, body: unknown = {}, headers?: Record<string, string>) => send(path, body, headers),
    signIn: (email: string, secret = password) => send('/auth/sign-in/email', { email, password: secret }),
  }
}
export type Browser = ReturnType<typeof browserAt>

export const tokenIn = (link: string) => new URL(link).pathname.split('/').at(-1) ?? ''

/** The first administrator, made by the link that the hub gives, and signed in. */
export async function administratorAt(town: TestHub): Promise<Browser> {
  const link = await town.hub.parts.staff.firstAdministratorLink()
  const browser = browserAt(town)
  const email = 'kanri@town.example'
  await browser.post(`/api/v1/staff/invitations/${tokenIn(link ?? '')}`, { name: '管理 太郎', email, password })
  const answer = await browser.signIn(email)
  if (answer.status !== 200) throw new Error(answer.body)
  return browser
}

/** Somebody whom the administrator invited, signed in. */
export async function colleagueAt(town: TestHub, administrator: Browser, role: Role): Promise<Browser> {
  const email = `${role}@town.example`
  const invited = await administrator.post('/api/v1/staff/invitations', { name: `職員 ${role}`, email, role })
  const { link } = invited.json() as { link: string }
  const browser = browserAt(town)
  await browser.post(`/api/v1/staff/invitations/${tokenIn(link)}`, { name: `職員 ${role}`, email, password })
  const answer = await browser.signIn(email)
  if (answer.status !== 200) throw new Error(answer.body)
  return browser
}
