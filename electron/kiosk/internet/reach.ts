import { once } from 'node:events'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { decideName, type InternetPolicy, matchesHost } from '../../../contract/internet-policy.ts'
import type { InternetProblem } from '../../../contract/menus/internet.ts'
import { decideAddress } from './decide-address.ts'
import { decideTrouble } from './decide-trouble.ts'
import type { OutsideLine } from './outside-line.ts'

export type ReachLimits = {
  connectMs: number
  idleMs: number
  /** Of one connection; no page is so large. */
  connectionBytes: number
}

/** Why a name is not reached. */
export class NotReached extends Error {
  readonly problem: InternetProblem
  constructor(problem: InternetProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

export type Reached = {
  socket: Socket
  /** The other end is the town's filter, which is still to be told where to. */
  byFilter: boolean
}

/**
 * Resolves a name, judges its numbers, and connects to the very number that was judged, so that a name which changes its mind
 * in between (DNS rebinding) leads nowhere. @throws NotReached
 */
export async function reach(
  { hostname, port }: { hostname: string; port: number },
  policy: InternetPolicy,
  outside: OutsideLine,
  limits: ReachLimits,
): Promise<Reached> {
  const reason = decideName(hostname, policy) ?? decidePort(hostname, port, policy)
  if (reason !== null) throw new NotReached({ kind: 'refused', reason })
  const addresses = await outside
    .resolve(hostname, policy.filter?.nameServers ?? [])
    .catch((error: unknown) => Promise.reject(new NotReached(decideTrouble(codeOf(error), 'resolving'))))
  const verdict = decideAddress(addresses)
  if ('refused' in verdict) {
    if (verdict.refused === 'unknown-name') throw new NotReached({ kind: 'no-answer' })
    throw new NotReached({ kind: 'refused', reason: verdict.refused })
  }
  const filter = policy.filter?.proxy ?? null
  const socket = filter ? outside.connect(filter.host, filter.port) : outside.connect(verdict.pinned, port)
  await connected(socket, limits)
  return { socket, byFilter: filter !== null }
}

async function connected(socket: Socket, limits: ReachLimits): Promise<void> {
  const late = setTimeout(
    () => socket.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })),
    limits.connectMs,
  )
  try {
    if (socket.connecting) await once(socket, 'connect')
  } catch (error) {
    throw new NotReached(decideTrouble(codeOf(error), 'connecting'))
  } finally {
    clearTimeout(late)
  }
  socket.on('error', () => socket.destroy())
  socket.setTimeout(limits.idleMs, () => socket.destroy())
}

/** Ends the connection when more comes out of `stream` than any page has. */
export function limitBytes(stream: Readable, socket: Socket, mostBytes: number): void {
  let taken = 0
  stream.on('data', (chunk: Buffer) => {
    taken += chunk.length
    if (taken > mostBytes) socket.destroy()
  })
}

/**
 * Asks the town's filter for a tunnel (RFC 9110 9.3.6: anything of 2xx opens it). @returns what came through it already
 * @throws NotReached `denied` when the filter says that this site is not for visitors
 */
export async function tunnelThroughFilter(socket: Socket, target: string, limits: ReachLimits): Promise<Buffer> {
  const asked = request({
    createConnection: () => socket,
    method: 'CONNECT',
    path: target,
    headers: { host: target },
    timeout: limits.connectMs,
  })
  const { status, head } = await new Promise<{ status: number; head: Buffer }>((resolve) => {
    const nothing = { status: 0, head: Buffer.alloc(0) }
    asked.once('connect', ({ statusCode }, _socket, first) => resolve({ status: statusCode ?? 0, head: first }))
    asked.once('timeout', () => resolve(nothing))
    asked.once('error', () => resolve(nothing))
    asked.end()
  })
  if (status >= 200 && status < 300) return head
  socket.destroy()
  throw new NotReached(status === 403 ? { kind: 'refused', reason: 'denied' } : { kind: 'no-answer' })
}

/** Pages live at the usual ports; anything else is somebody's service. */
function decidePort(hostname: string, port: number, policy: InternetPolicy): 'odd-address' | 'not-encrypted' | null {
  if (port === 443) return null
  if (port !== 80) return 'odd-address'
  return policy.pages.some(({ plain, host }) => plain && matchesHost(host, hostname)) ? null : 'not-encrypted'
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
