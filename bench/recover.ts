// How long a visitor stands before a screen that cannot be used, after each thing that can break: from the moment it is broken until a touch on
// the start screen has opened home. The host runs for real, as on a kiosk; each round is a host of its own, so that none inherits the patience of the last.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readyUrl } from '../build/host-scripts.ts'
import { buildRelease0 } from '../build/release0.ts'
import { buildVisitorScreen } from '../build/screens.ts'
import { chromiumUnderTest } from '../tests/town/hosts/chromium-under-test.ts'
import { processesOf, type RunningHost } from '../tests/town/hosts/host-under-test.ts'
import type { Bench } from './run.ts'
import { percentile } from './touch-frames.ts'

const lookMs = 25
const limitMs = 60_000

/** `back`: what must have come back, for a struck screen may still look whole: a new page, or what the host says that it put right. */
type Fault = {
  name: string
  targetMs: number
  back: 'page' | 'gpu' | 'kiosk-process' | 'screen'
  strike(host: RunningHost): Promise<void>
}

const kill = async (host: RunningHost, kind: 'renderer' | 'GPU', signal: NodeJS.Signals) => {
  for (const pid of await host.screenProcesses(kind)) process.kill(pid, signal)
}

const faults: Fault[] = [
  { name: 'renderer killed', back: 'page', targetMs: 3_000, strike: (host) => kill(host, 'renderer', 'SIGKILL') },
  { name: 'GPU process killed', back: 'gpu', targetMs: 5_000, strike: (host) => kill(host, 'GPU', 'SIGKILL') },
  { name: 'kiosk process killed', back: 'kiosk-process', targetMs: 5_000, strike: (host) => host.killKiosk() },
  { name: 'browser killed', back: 'page', targetMs: 5_000, strike: (host) => host.killScreen() },
  {
    name: 'renderer in an endless loop',
    back: 'page',
    targetMs: 10_000,
    strike: (host) => host.tries('setTimeout(() => { for (;;); })'),
  },
  {
    name: 'kiosk process stopped',
    back: 'kiosk-process',
    targetMs: 10_000,
    strike: async (host) => void process.kill(await host.kioskPid(), 'SIGSTOP'),
  },
  {
    name: 'GPU process stopped, pixels frozen',
    back: 'screen',
    targetMs: 20_000,
    strike: (host) => kill(host, 'GPU', 'SIGSTOP'),
  },
]

export const run: Bench = async (emit, args) => {
  if (chromiumUnderTest.missing !== null) throw new Error(chromiumUnderTest.missing)
  await buildVisitorScreen(console.error)
  await buildRelease0(console.error)
  const rounds = args.includes('--full') ? 30 : 10
  const only = args.find((argument) => !argument.startsWith('--'))

  for (const fault of faults) {
    if (only !== undefined && !fault.name.includes(only)) continue
    const usableMs: number[] = []
    for (let round = 1; round <= rounds; round += 1) {
      usableMs.push(await inFolder((folder) => oneRound(folder, fault)))
      console.error(`${fault.name} ${round}/${rounds}: ${usableMs.at(-1)} ms`)
    }
    tell(fault.name, usableMs, fault.targetMs)
  }
  if (only === undefined || 'host killed'.includes(only)) {
    const usableMs: number[] = []
    for (let round = 1; round <= rounds; round += 1) {
      usableMs.push(await inFolder(hostKilled))
      console.error(`host killed ${round}/${rounds}: ${usableMs.at(-1)} ms`)
    }
    tell('host killed', usableMs, 15_000)
  }
  if (only === undefined || 'looking at the pixels'.includes(only)) emit(await inFolder(costOfLooking))

  function tell(name: string, usableMs: number[], target: number): void {
    const worst = Math.max(...usableMs)
    const load = Number((loadavg()[0] ?? 0).toFixed(1))
    emit({ name, value: percentile(usableMs, 0.5), unit: 'ms p50', worst, rounds, load, target, met: worst <= target })
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-recover-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** Home stands open when it is struck. While a visitor can go on from there nothing was lost; else the way is over the start screen. */
async function oneRound(folder: string, fault: Fault): Promise<number> {
  const host = await chromiumUnderTest.start(folder)
  try {
    await usable(host)
    await painted(host)
    const page = await host.evaluate('performance.timeOrigin')
    const struckMs = performance.now()
    await fault.strike(host)
    if (fault.back === 'page') await until(async () => (await host.evaluate('performance.timeOrigin')) !== page)
    else await until(async () => told(host, fault.back))
    await usable(host)
    await painted(host)
    return Math.round(performance.now() - struckMs)
  } finally {
    await host.stop()
  }
}

const told = (host: RunningHost, part: string) =>
  host.logged().some(({ event, detail }) => event === 'recovered' && detail.part === part)

async function usable(host: RunningHost): Promise<void> {
  await until(async () => {
    if (await host.sees('menu-tourism')) return true
    if (await host.sees('begin')) await host.touch('begin').catch(() => undefined)
    return host.sees('menu-tourism')
  })
}

/** Two frames from its own clock of frames: what is in the page is on the screen too. */
const painted = (host: RunningHost) =>
  until(async () => {
    const frames = new Promise((go) => setTimeout(() => go('late'), 1_000))
    const drawn = host.framesPass()
    return (await Promise.race([frames, drawn])) === true
  })

async function until(holds: () => Promise<boolean>): Promise<void> {
  const beganMs = performance.now()
  while (!(await holds().catch(() => false))) {
    if (performance.now() - beganMs > limitMs) throw new Error('the screen did not come back within a minute')
    await new Promise((go) => setTimeout(go, lookMs))
  }
}

/** The whole host from its command line, killed outright, and begun again at once as systemd does; ready means that its screen painted. */
async function hostKilled(folder: string): Promise<number> {
  const first = await startCommand(folder)
  const struckMs = performance.now()
  first.kill('SIGKILL')
  await once(first, 'exit')
  const second = await startCommand(folder)
  const tookMs = Math.round(performance.now() - struckMs)
  second.kill('SIGTERM')
  await once(second, 'exit')
  await until(() => Promise.resolve(processesOf(folder).length === 0))
  return tookMs
}

async function startCommand(folder: string): Promise<ChildProcess> {
  const { program, args, environment } = chromiumUnderTest.command(folder)
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: child.stdout })) if (readyUrl(line)) break
  return child
}

/** What the looking costs all processes of the browser together, as a share of one processor. */
async function costOfLooking(folder: string) {
  const host = await chromiumUnderTest.start(folder)
  try {
    const looks = 20
    const before = await host.browserCpuMs()
    const beganMs = performance.now()
    for (let look = 0; look < looks; look += 1) await host.look()
    const lookingMs = performance.now() - beganMs
    const during = (await host.browserCpuMs()) - before
    const restFrom = await host.browserCpuMs()
    await new Promise((go) => setTimeout(go, lookingMs))
    const atRest = (await host.browserCpuMs()) - restFrom
    const perLookMs = Math.max(0, during - atRest) / looks
    const share = perLookMs / 10_000
    return {
      name: 'looking at the pixels every 10 s',
      value: Number((share * 100).toFixed(2)),
      unit: '% of one processor',
      perLookMs: Math.round(perLookMs),
      target: 1,
      met: share <= 0.01,
    }
  } finally {
    await host.stop()
  }
}
