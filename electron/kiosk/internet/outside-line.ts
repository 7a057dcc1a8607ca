import { lookup, Resolver } from 'node:dns/promises'
import { connect as connectTo, type Socket } from 'node:net'

/** The network as the forward proxy has it. A test gives its own made-up names and leads their numbers to itself; no rule is loosened for it. */
export type OutsideLine = {
  /** Every number of a name. Rejects with the resolver's code when it gives none. */
  resolve(name: string, nameServers: readonly string[]): Promise<string[]>
  connect(address: string, port: number): Socket
}

const tries = { timeout: 3_000, tries: 2 }

export const outsideLine: OutsideLine = {
  async resolve(name, nameServers) {
    if (nameServers.length === 0) return (await lookup(name, { all: true })).map(({ address }) => address)
    const resolver = new Resolver(tries)
    resolver.setServers(nameServers)
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const found = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length === 0 && four.status === 'rejected') throw four.reason
    return found
  },
  connect: (address, port) => connectTo({ host: address, port, noDelay: true }),
}
