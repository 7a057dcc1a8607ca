import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { BridgeContract } from '../../contract/bridge.ts'

export type Bridge = ContractRouterClient<BridgeContract>

/**
 * The visitor's screen as far as its kiosk can tell, without a browser.
 * @param address what the kiosk said when it was ready
 * @param before the cookie of a screen that was opened before: it connects again
 */
export async function openBridgeSocket(
  address: string,
  before?: string,
): Promise<{ bridge: Bridge; socket: WebSocket; cookie: string }> {
  const url = new URL(address)
  const cookie = before ?? (await redeem(url))
  const socket = new WebSocket(`ws://${url.host}/bridge`, { headers: { cookie, origin: url.origin } })
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve())
    socket.on('error', reject)
  })
  socket.on('error', () => undefined)
  return { socket, bridge: createORPCClient<Bridge>(new RPCLink({ websocket: socket })), cookie }
}

/** The start token is redeemed as a browser would: one GET, then its cookie. */
async function redeem(url: URL): Promise<string> {
  const redeemed = await fetch(url, { redirect: 'manual' })
  return redeemed.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
