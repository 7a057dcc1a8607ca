import { createHash } from 'node:crypto'
import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { bridgeContract } from '../../contract/bridge.ts'
import { hubContract } from '../../contract/hub-api.ts'
import { contractVersion } from '../../contract/version.ts'

/**
 * What is said on the wire, as one hash. When it changes on purpose: raise `contractVersion` if a kiosk in a lobby
 * that still runs the former program would be misunderstood, then write the new hash here.
 */
const pinned = { version: 1, hub: '4cec86068262eb3f', bridge: '75d7e11a06272ff9' }

type Node = {
  '~orpc'?: { route: unknown; inputSchema?: unknown; outputSchema?: unknown; errorMap?: unknown }
  [key: string]: unknown
}

function describe(node: Node): unknown {
  const procedure = node['~orpc']
  if (procedure)
    return {
      route: procedure.route,
      input: shape(procedure.inputSchema),
      output: shape(procedure.outputSchema),
      errors: Object.keys(procedure.errorMap ?? {}).sort(),
    }
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, describe(child as Node)]))
}

/** An event iterator is no zod schema; the schema of its events is what travels. */
function shape(schema: unknown): unknown {
  if (schema === undefined) return null
  if (schema instanceof z.ZodType) return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
  const stream = getEventIteratorSchemaDetails(schema as Parameters<typeof getEventIteratorSchemaDetails>[0])
  if (!stream) throw new Error('a schema of a kind this test does not know')
  return { streams: shape(stream.yields) }
}

const hashOf = (contract: Node) =>
  createHash('sha256')
    .update(JSON.stringify(describe(contract)))
    .digest('hex')
    .slice(0, 16)

it('is the wire that was agreed', () => {
  expect({
    version: contractVersion,
    hub: hashOf(hubContract as Node),
    bridge: hashOf(bridgeContract as Node),
  }).toEqual(pinned)
})

it('notices a changed stream as well as a changed call', () => {
  const { device, ...withoutStream } = bridgeContract
  expect(device).toBeDefined()
  expect(JSON.stringify(describe(bridgeContract as Node))).toContain('restartWanted')
  expect(hashOf(withoutStream as Node)).not.toBe(hashOf(bridgeContract as Node))
})
