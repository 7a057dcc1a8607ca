import { connect, type Socket } from 'node:net'
import type { OutsideLine } from '../internet/outside-line.ts'

/**
 * A network of made-up names. Each has numbers as the real one would, which are judged like any others; a public number leads to a server of the test.
 */
export function playedNet() {
  const names = new Map<string, () => string[]>()
  const places = new Map<string, number>()
  const connections: string[] = []
  let down = false
  let last = 0

  const outside: OutsideLine = {
    async resolve(name) {
      if (down) throw Object.assign(new Error('no name server'), { code: 'EAI_AGAIN' })
      const found = names.get(name)
      if (!found) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
      return found()
    },
    connect(address, port): Socket {
      connections.push(`${address}:${port}`)
      const local = places.get(`${address}:${port}`)
      // Port 9 of this machine answers to nobody.
      return connect({ host: '127.0.0.1', port: local ?? 9 })
    },
  }

  return {
    outside,
    /** Where the proxy connected to, in order. */
    connections,
    /** `name` answers at a public number of its own, whose ports lead to servers on this machine. */
    host(name: string, ports: Record<number, number>): string {
      last += 1
      const address = `93.184.${Math.floor(last / 250)}.${(last % 250) + 1}`
      names.set(name, () => [address])
      for (const [port, local] of Object.entries(ports)) places.set(`${address}:${port}`, local)
      return address
    },
    /** What the name resolves to, asked anew each time. */
    resolves(name: string, answer: () => string[]): void {
      names.set(name, answer)
    },
    cut(next: boolean): void {
      down = next
    },
  }
}
export type PlayedNet = ReturnType<typeof playedNet>
