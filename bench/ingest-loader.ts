// The six kiosks of bench ingest, in a process of their own: they sign and write their batches first, then send on one line each.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { Client } from 'undici'
import type { UsageEvent } from '../contract/usage-event.ts'
import { kioskToken } from '../electron/kiosk/identity/token.ts'

export type Load = {
  url: string
  /** '' for the bare server, which asks for no token. */
  hubId: string
  path: string
  kiosks: { id: string; privateKeyPem: string; firstSequence: number }[]
  batches: number
  batchEvents: number
}
type Ready = { authorization: string; body: string }

const menus = ['tourism', 'map', 'internet', 'library', 'council', 'facilities', 'townhall'] as const

process.on('message', async (message: Load | 'go') => {
  if (message === 'go') return go?.()
  const lines = await Promise.all(message.kiosks.map((kiosk) => writeBatches(message, kiosk)))
  go = async () => {
    const started = performance.now()
    await Promise.all(lines.map((line) => send(message, line)))
    process.send?.({ ms: performance.now() - started })
  }
  process.send?.({ ready: true })
})
let go: (() => Promise<void>) | undefined

async function writeBatches(load: Load, kiosk: Load['kiosks'][number]): Promise<Ready[]> {
  const privateKey = createPrivateKey(kiosk.privateKeyPem)
  const batches: Ready[] = []
  for (let batch = 0; batch < load.batches; batch += 1) {
    const events = Array.from({ length: load.batchEvents }, (_, index) =>
      eventOf(kiosk.firstSequence + batch * load.batchEvents + index),
    )
    batches.push({ authorization: await sign(load, kiosk.id, privateKey), body: JSON.stringify({ events }) })
  }
  return batches
}

function eventOf(sequence: number): UsageEvent {
  const id = `019a0000-0000-7000-8000-${sequence.toString(16).padStart(12, '0')}`
  return {
    sequence,
    id,
    menu: menus[sequence % 7] ?? 'map',
    atMs: Date.UTC(2026, 3, 1) + sequence * 50,
    clock: 'synced',
  }
}

const sign = (load: Load, kioskId: string, privateKey: KeyObject) =>
  load.hubId === ''
    ? Promise.resolve('')
    : kioskToken({ privateKey, kioskId, hubId: load.hubId, method: 'POST', path: load.path, nowMs: Date.now() })

/** One request at a time, as a kiosk sends; an answer other than 200 ends the bench. */
async function send(load: Load, batches: Ready[]): Promise<void> {
  const client = new Client(load.url)
  for (const { authorization, body } of batches) {
    const { statusCode, body: answer } = await client.request({
      method: 'POST',
      path: load.path,
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body,
    })
    const text = await answer.text()
    if (statusCode !== 200) throw new Error(`${statusCode} ${text}`)
  }
  await client.close()
}
