import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packagesNeeded } from './program.ts'

describe('the packages that go to the machine', () => {
  const root = join(import.meta.dirname, '..', '..')
  const names = packagesNeeded(root).map((dir) => dir.split('node_modules/').at(-1))

  it('are those the kiosk imports and what they need', () => {
    expect(names).toEqual(
      expect.arrayContaining(['zod', 'better-sqlite3', 'tuf-js', 'ws', '@orpc/server', '@tufjs/models']),
    )
  })

  it('not those of the hub, the console, the screens as sources, or the tests', () => {
    for (const name of [
      'fastify',
      'better-auth',
      '@mantine/core',
      'react',
      'vite',
      'vitest',
      'playwright-core',
      'electron',
    ])
      expect(names).not.toContain(name)
  })
})
