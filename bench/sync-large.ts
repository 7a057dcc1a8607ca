import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { createReleaseService } from '../electron/kiosk/release/release-service.ts'
import { createHub } from '../townhall/app.ts'
import { publishRelease } from '../townhall/releases/publish-release.ts'
import { countingProxy } from './counting-proxy.ts'
import { hasRsync, rsyncDaemon } from './rsync-daemon.ts'
import type { Bench } from './run.ts'

const sizeBytes = 200_000_000
const partBytes = 10_000_000
/** Headers, metadata, and what had been under way when the line broke. */
const ratioTarget = 1.01

/** One large file whose line breaks in the middle, once, ours and rsync's (which is told to keep what it has): all bytes down over its size. */
export async function measureLarge(emit: Parameters<Bench>[0], scratch: string): Promise<void> {
  const source = join(scratch, 'large-town')
  mkdirSync(source, { recursive: true })
  const large = join(source, 'large.library')
  writeFileSync(large, '')
  for (let written = 0; written < sizeBytes; written += partBytes) appendFileSync(large, randomBytes(partBytes))
  const hub = await createHub({
    dataDir: join(scratch, 'large-hub'),
    host: '127.0.0.1',
    port: 0,
    tls: { kind: 'off' },
    clock: { nowMs: () => Date.now() },
    log: pino({ level: 'silent' }),
    consoleDir: scratch,
  })
  const ourLine = await countingProxy(Number(new URL(hub.url).port))
  const rsync = hasRsync() ? await rsyncDaemon(source, join(scratch, 'large-rsync')) : null
  const rsyncLine = rsync === null ? null : await countingProxy(rsync.port)
  const tufRoot = await hub.parts.releases.tufRoot()
  const kiosk = await createReleaseService({
    dataDir: join(scratch, 'large-kiosk'),
    release0Dir: join(scratch, 'none'),
    source: () => ({ baseUrl: `http://127.0.0.1:${ourLine.port}`, fetch, tufRoot }),
    clock: { nowMs: () => Date.now() },
    report: () => {},
    checkMenu: () => {},
  })
  try {
    const files = [
      { menu: 'library', path: 'content.json', bytes: Buffer.from('{}') },
      { menu: 'library', path: 'large.library', file: large },
    ]
    await publishRelease(hub.context, { files, publishedBy: 'bench' })
    ourLine.cutOnceAfter(sizeBytes / 2)
    const results = [await kiosk.checkNow(), await kiosk.checkNow()]
    if (results.join() !== 'offline,activated') throw new Error(`the large file: ${results.join()}`)

    let theirs: number | null = null
    if (rsync !== null && rsyncLine !== null) {
      const mirror = join(scratch, 'large-mirror')
      mkdirSync(mirror)
      rsyncLine.cutOnceAfter(sizeBytes / 2)
      const first = await rsync.sync(rsyncLine.port, mirror, ['--partial']).catch(() => 'cut')
      if (first !== 'cut') throw new Error('rsync came to its end over a line that was cut')
      await rsync.sync(rsyncLine.port, mirror, ['--partial'])
      if (!readFileSync(join(mirror, 'large.library')).equals(readFileSync(large)))
        throw new Error('rsync: another file')
      theirs = rsyncLine.counted.downBytes
    }
    const value = Number((ourLine.counted.downBytes / sizeBytes).toFixed(4))
    const rsyncRatio = theirs === null ? null : Number((theirs / sizeBytes).toFixed(4))
    emit({
      name: 'a file of 200 MB, cut in the middle and gone on: bytes down over its size',
      value,
      unit: '×',
      ...(rsyncRatio !== null && { ratioTo: 'rsync --partial', rsync: rsyncRatio }),
      target: `${ratioTarget}, no more than rsync --partial + 0.001`,
      met: value <= ratioTarget && (rsyncRatio === null || value <= rsyncRatio + 0.001),
    })
  } finally {
    await kiosk.stop()
    ourLine.close()
    rsyncLine?.close()
    rsync?.close()
    await hub.close()
  }
}
