import { type AddressInfo, connect, createServer } from 'node:net'

/** A TCP line on loopback that counts what really passes. */
export async function countingProxy(targetPort: number) {
  const counted = { downBytes: 0, upBytes: 0, lastByteMs: 0 }
  let cutAfterBytes = Number.POSITIVE_INFINITY
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    client.on('data', (part) => {
      counted.upBytes += part.length
    })
    target.on('data', (part) => {
      counted.downBytes += part.length
      counted.lastByteMs = performance.now()
      if (counted.downBytes < cutAfterBytes) return
      cutAfterBytes = Number.POSITIVE_INFINITY
      client.destroy()
    })
    client.pipe(target).pipe(client)
    client.on('error', () => target.destroy())
    target.on('error', () => client.destroy())
    client.on('close', () => target.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    counted,
    reset: () => Object.assign(counted, { downBytes: 0, upBytes: 0, lastByteMs: 0 }),
    /** The connection over which the count passes this breaks. */
    cutOnceAfter(downBytes: number): void {
      cutAfterBytes = downBytes
    },
    close: () => server.close(),
  }
}
