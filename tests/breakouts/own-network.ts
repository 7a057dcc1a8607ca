import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect } from 'vitest'
import { z } from 'zod'
import { awaited } from '../awaited.ts'

/** A network namespace of its own, for as long as its holder lives. */
export type OwnNetwork = { pid: number; end(): void; run(...command: string[]): void }

export async function makeNetwork(): Promise<OwnNetwork> {
  // It reads until this process ends, however long the tests take, and no longer.
  const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo made; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await firstLine(holder)
  const pid = holder.pid ?? 0
  return {
    pid,
    end: () => holder.kill('SIGKILL'),
    run(...command) {
      const done = spawnSync('nsenter', ['--target', String(pid), '--net', ...command], { encoding: 'utf8' })
      expect(done.status, `${command.join(' ')}: ${done.stderr}`).toBe(0)
    },
  }
}

/** Listens in that network: TCP ports at every address, UDP at `ADDRESS:PORT` (its answer must come from there). @returns its end */
export async function answerIn(network: OwnNetwork, ports: { tcp: number[]; udp: string[] }): Promise<() => void> {
  const child = nodeIn(network, answering, JSON.stringify(ports))
  expect(await firstLine(child)).toBe('ready')
  return () => child.kill('SIGKILL')
}

/** Tries `ADDRESS:PORT` or `udp:ADDRESS:PORT` from that network as a user. @returns those that answered */
export async function reachFrom(network: OwnNetwork, uid: number, targets: string[]): Promise<string[]> {
  const line = await firstLine(nodeIn(network, reaching, String(uid), ...targets))
  return z.array(z.string()).parse(JSON.parse(line))
}

function nodeIn({ pid }: OwnNetwork, script: string, ...args: string[]): ChildProcess {
  const command = ['--target', String(pid), '--net', process.execPath, '--eval', script, ...args]
  return spawn('nsenter', command, { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child
  if (stdout === null) throw new Error('it has no output')
  const what = child.spawnargs.slice(0, 6).join(' ')
  const first = async () => {
    for await (const line of createInterface({ input: stdout })) return line
    throw new Error(`it ended without a word (${what})`)
  }
  return awaited(`the first line of ${what}`, first())
}

const answering = `
const { tcp, udp } = JSON.parse(process.argv[1])
const net = require('node:net'), dgram = require('node:dgram')
const open = [
  ...tcp.map((port) => new Promise((up) => net.createServer((socket) => socket.end('here')).listen(port, '0.0.0.0', up))),
  ...udp.map((place) => new Promise((up) => {
    const [host, port] = place.split(':')
    const socket = dgram.createSocket('udp4').bind(Number(port), host, up)
    socket.on('message', (_, from) => socket.send('here', from.port, from.address))
  })),
]
Promise.all(open).then(() => console.log('ready'))
`

// What is refused is refused at once; what is dropped on the other side says nothing, and fifteen seconds are enough between two networks of one machine, however busy.
const reaching = `
const [uid, ...targets] = process.argv.slice(1)
process.setgid(Number(uid)); process.setuid(Number(uid))
const net = require('node:net'), dgram = require('node:dgram')
const patienceMs = 15000
const byTcp = (host, port) => new Promise((done) => {
  const socket = net.connect({ host, port, timeout: patienceMs }, () => {})
  socket.on('data', () => { done(true); socket.destroy() })
  socket.on('error', () => done(false)); socket.on('timeout', () => { done(false); socket.destroy() })
})
const byUdp = (host, port) => new Promise((done) => {
  const socket = dgram.createSocket('udp4')
  const end = (answer) => { done(answer); try { socket.close() } catch {} }
  socket.on('message', () => end(true)); socket.on('error', () => end(false))
  socket.connect(port, host, () => socket.send('?', (error) => error && end(false)))
  setTimeout(end, patienceMs, false)
})
Promise.all(targets.map(async (target) => {
  const udp = target.startsWith('udp:')
  const [host, port] = target.replace('udp:', '').split(':')
  return (await (udp ? byUdp : byTcp)(host, Number(port))) ? [target] : []
})).then((reached) => { console.log(JSON.stringify(reached.flat())); process.exit(0) })
`
