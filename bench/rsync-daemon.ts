import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export const hasRsync = () => spawnSync('rsync', ['--version']).status === 0

/** rsync's own protocol, without a shell or a cipher around it, serving one folder. */
export async function rsyncDaemon(folder: string, scratch: string) {
  const port = await freePort()
  mkdirSync(scratch, { recursive: true })
  const config = join(scratch, 'rsyncd.conf')
  const user = process.getuid?.() === 0 ? 'uid = 0\ngid = 0\n' : ''
  writeFileSync(config, `${user}use chroot = no\n[town]\npath = ${folder}\nread only = yes\n`)
  const daemon = spawn(
    'rsync',
    ['--daemon', '--no-detach', '--address=127.0.0.1', `--port=${port}`, `--config=${config}`],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) await wait(50)
  return {
    port,
    /** Through the given port, as a mirror is kept: -a --delete. */
    async sync(throughPort: number, to: string, more: string[] = []): Promise<void> {
      const args = ['-a', '--delete', ...more, `rsync://127.0.0.1:${throughPort}/town/`, `${to}/`]
      const code = await new Promise((resolve) => spawn('rsync', args, { stdio: 'inherit' }).on('close', resolve))
      if (code !== 0) throw new Error(`rsync ended with ${String(code)}`)
    },
    close: () => daemon.kill(),
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
