import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileTown } from '../townhall/releases/compile/compile-town.ts'
import { writeRelease0 } from '../townhall/releases/release0.ts'

const root = join(import.meta.dirname, '..')
export const contentDir = join(root, 'content')
export const release0Dir = join(root, 'dist', 'release0')

/** Release 0 is the sample town, compiled into the program: what a kiosk shows that never saw a hub. Made again when `content/` changed. */
export async function buildRelease0(say: (text: string) => void): Promise<void> {
  const stampFile = join(release0Dir, '.sources')
  const stamp = contentStamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say('compiling release 0 from content/ …')
  const { files, problems, refused } = await compileTown({ contentDir, cacheDir: join(root, '.cache', 'pictures') })
  for (const problem of problems.filter((one) => one.severity === 'refused')) {
    say(`${problem.file}:${problem.line ?? '-'}:${problem.column ?? '-'} ${problem.reason}`)
  }
  if (refused) throw new Error('content/ cannot be shown as it is; see the lines above')
  rmSync(release0Dir, { recursive: true, force: true })
  await writeRelease0(files, release0Dir)
  writeFileSync(stampFile, stamp)
}

function contentStamp(): string {
  const hash = createHash('sha256')
  for (const folder of [
    contentDir,
    join(root, 'contract'),
    join(root, 'townhall', 'releases'),
    join(root, 'townhall', 'importers'),
    join(root, 'townhall', 'library'),
  ]) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(?:csv|tsv|svg|png|jpe?g|webp|(?:geo)?json|ts)$/.test(name))
        hash.update(name).update(readFileSync(join(folder, name)))
    }
  }
  return hash.digest('hex')
}
