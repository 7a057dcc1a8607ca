import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { testHub } from './testing/test-hub.ts'

it.each([{ kind: 'off' }, { kind: 'self-made' }] as const)(
  'ends although somebody at its door has not said a word (TLS $kind)',
  async (tls) => {
    const town = await testHub({ tls })
    const silent = connect(Number(new URL(town.hub.url).port), '127.0.0.1')
    silent.on('error', () => undefined)
    const gone = once(silent, 'close')
    await once(silent, 'connect')
    // Whoever asked after it is answered, so the hub has taken both lines.
    expect((await town.ask('/healthz')).status).toBe(200)
    await town.close()
    await gone
  },
)

it('keeps a line that is quiet for longer than from one heartbeat of a kiosk to the next', async () => {
  const town = await testHub()
  const told = (await town.ask('/healthz')).headers.get('keep-alive')
  expect(Number(/timeout=(\d+)/.exec(told ?? '')?.[1])).toBeGreaterThan(60)
  await town.close()
})
