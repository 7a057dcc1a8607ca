// Content to a kiosk: real bytes down on the wire, ours and rsync's, case by case (PERFORMANCE.md 4).
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createReleaseService } from '../electron/kiosk/release/release-service.ts'
import { createHub } from '../townhall/app.ts'
import { publishRelease } from '../townhall/releases/publish-release.ts'
import type { ReleaseFile } from '../townhall/releases/release-file.ts'
import { countingProxy } from './counting-proxy.ts'
import { hasRsync, rsyncDaemon } from './rsync-daemon.ts'
import type { Bench } from './run.ts'
import { measureLarge } from './sync-large.ts'

const files = 5_000
const totalBytes = 200_000_000
const changedFileBytes = 200_000
const publishTargetMs = 3_000
const activateTargetMs = 300
const overheadTargetBytes = 10_000
const ratioTarget = 1.4

/** `--large`: the large file only. */
export const run: Bench = async (emit, args) => {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-sync-'))
  try {
    if (!args.includes('--large')) await measureTown(emit, scratch)
    await measureLarge(emit, scratch)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function measureTown(emit: Parameters<Bench>[0], scratch: string): Promise<void> {
  const source = join(scratch, 'town')
  const names = makeTown(source)
  // What staff handed in lies on the disk already; writing it out is not part of a publish.
  spawnSync('sync')
  const hub = await createHub({
    dataDir: join(scratch, 'hub'),
    host: '127.0.0.1',
    port: 0,
    tls: { kind: 'off' },
    clock: { nowMs: () => Date.now() },
    log: pino({ level: 'silent' }),
    consoleDir: scratch,
  })
  const rsync = hasRsync() ? await rsyncDaemon(source, scratch) : null
  if (rsync === null) console.error('rsync is not installed: our figures stand alone')
  const ourLine = await countingProxy(Number(new URL(hub.url).port))
  const rsyncLine = rsync === null ? null : await countingProxy(rsync.port)
  const tufRoot = await hub.parts.releases.tufRoot()
  const kiosk = await createReleaseService({
    dataDir: join(scratch, 'kiosk'),
    release0Dir: join(scratch, 'none'),
    source: () => ({ baseUrl: `http://127.0.0.1:${ourLine.port}`, fetch, tufRoot }),
    clock: { nowMs: () => Date.now() },
    report: (code, level, detail) => {
      if (level === 'error') console.error(code, detail)
    },
    checkMenu: () => {},
  })
  const mirror = join(scratch, 'mirror')
  mkdirSync(mirror)

  async function publish(): Promise<number> {
    const started = performance.now()
    await publishRelease(hub.context, { files: townFiles(source), publishedBy: 'bench' })
    return performance.now() - started
  }

  async function measure(name: string, changedBytes: number): Promise<void> {
    ourLine.reset()
    const started = performance.now()
    const result = await kiosk.checkNow()
    const ended = performance.now()
    if (result === 'refused' || result === 'offline') throw new Error(`${name}: ${result}`)
    const ours = ourLine.counted.downBytes
    const missed = wrongFiles(source, (hash) => kiosk.pictureFile(hash))
    let theirs: { bytes: number; ms: number; missed: number } | null = null
    if (rsync && rsyncLine) {
      rsyncLine.reset()
      const rsyncStarted = performance.now()
      await rsync.sync(rsyncLine.port, mirror)
      const ms = performance.now() - rsyncStarted
      theirs = { bytes: rsyncLine.counted.downBytes, ms: Math.round(ms), missed: differing(source, mirror) }
    }
    const overheadBytes = ours - changedBytes
    const oneFile = name === 'one 200 KB file changed'
    const first = name === 'first sync'
    emit({
      name: `${name}: bytes down`,
      value: ours,
      unit: 'B',
      ...(theirs && { ratioTo: 'rsync', rsync: theirs.bytes, timesLess: Number((theirs.bytes / ours).toFixed(2)) }),
      changedBytes,
      overheadBytes,
      target: [
        first ? null : `changed + ${overheadTargetBytes} B`,
        'no more than rsync',
        oneFile ? `rsync / ${ratioTarget}` : null,
      ]
        .filter((one) => one !== null)
        .join(', '),
      met:
        (first || overheadBytes <= overheadTargetBytes) &&
        (theirs === null || ours <= theirs.bytes / (oneFile ? ratioTarget : 1)),
    })
    emit({
      name: `${name}: missed changes`,
      value: missed,
      unit: 'files',
      ...(theirs && { rsync: theirs.missed }),
      target: 0,
      met: missed === 0,
    })
    emit({
      name: `${name}: whole time`,
      value: Math.round(ended - started),
      unit: 'ms',
      ...(theirs && { ratioTo: 'rsync', rsync: theirs.ms }),
    })
    if (result === 'activated') {
      const value = Math.round(ended - ourLine.counted.lastByteMs)
      emit({
        name: `${name}: verified and active after the last byte`,
        value,
        unit: 'ms',
        target: activateTargetMs,
        met: value <= activateTargetMs,
      })
    }
  }

  try {
    const firstMs = Math.round(await publish())
    emit({
      name: 'publish 5,000 files, 200 MB',
      value: firstMs,
      unit: 'ms',
      target: publishTargetMs,
      met: firstMs <= publishTargetMs,
    })
    await measure('first sync', totalBytes)
    await measure('nothing changed', 0)

    const [large = ''] = names
    writeFileSync(join(source, large), randomBytes(changedFileBytes))
    const againMs = Math.round(await publish())
    emit({
      name: 'publish with one file changed',
      value: againMs,
      unit: 'ms',
      target: publishTargetMs,
      met: againMs <= publishTargetMs,
    })
    await measure('one 200 KB file changed', changedFileBytes)

    const inPlace = readFileSync(join(source, large))
    randomBytes(1_000).copy(inPlace, 90_000)
    writeFileSync(join(source, large), inPlace)
    await publish()
    await measure('one file changed in place (1,000 B of 200 KB)', 1_000)

    const before = readFileSync(join(source, large))
    writeFileSync(
      join(source, large),
      Buffer.concat([before.subarray(0, 50_000), randomBytes(500), before.subarray(50_000)]),
    )
    await publish()
    await measure('500 B inserted into 200 KB', 500)

    const hundred = names.slice(100, 200)
    let hundredBytes = 0
    for (const name of hundred) {
      const { length } = readFileSync(join(source, name))
      writeFileSync(join(source, name), randomBytes(length))
      hundredBytes += length
    }
    await publish()
    await measure('100 files changed', hundredBytes)

    renameSync(join(source, large), join(source, 'renamed.webp'))
    await publish()
    await measure('one 200 KB file renamed', 0)

    for (const name of names.slice(300, 310)) rmSync(join(source, name))
    await publish()
    await measure('10 files deleted', 0)
  } finally {
    await kiosk.stop()
    ourLine.close()
    rsyncLine?.close()
    rsync?.close()
    await hub.close()
  }
}

/** 5,000 files of 200 MB in all, the first of 200 KB, with bytes that do not shrink. @returns the names of the pictures */
function makeTown(folder: string): string[] {
  mkdirSync(join(folder, 'pictures'), { recursive: true })
  const content = Buffer.from(JSON.stringify({ text: 'town' }))
  writeFileSync(join(folder, 'content.json'), content)
  const names = Array.from(
    { length: files - 1 },
    (_, index) => `pictures/sight-${String(index).padStart(4, '0')}-1600.webp`,
  )
  let left = totalBytes - content.length
  for (const [index, name] of names.entries()) {
    const rest = names.length - index - 1
    // Between a half and one and a half of what is left for each; the sum is exact.
    const share = left / (rest + 1)
    const size =
      index === 0 ? changedFileBytes : rest === 0 ? left : Math.round(share * (0.5 + ((index * 7_919) % 1_000) / 1_000))
    writeFileSync(join(folder, name), randomBytes(size))
    left -= size
  }
  return names
}

function townFiles(folder: string): ReleaseFile[] {
  return pathsIn(folder).map((path) => ({ menu: 'tourism', path, file: join(folder, path) }))
}

function pathsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

function wrongFiles(folder: string, find: (hash: string) => string | null): number {
  return pathsIn(folder).filter((path) => {
    const hash = hashOf(join(folder, path))
    const found = find(hash)
    return found === null || hashOf(found) !== hash
  }).length
}

function differing(folder: string, mirror: string): number {
  const [wanted, there] = [pathsIn(folder), new Set(pathsIn(mirror))]
  const wrong = wanted.filter((path) => !there.has(path) || hashOf(join(folder, path)) !== hashOf(join(mirror, path)))
  return wrong.length + [...there].filter((path) => !wanted.includes(path)).length
}
