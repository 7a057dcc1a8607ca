import type { ReleaseFile } from '../../townhall/releases/release-file.ts'
import { noise } from './noise.ts'

/** Two releases of a small town: a text, a picture that changes, one that stays, one that comes or goes, and a large file with new pieces. */
export function killFiles(text: string): ReleaseFile[] {
  const first = text === 'one'
  const large = noise(40_000, 4)
  if (!first) large.fill(7, 20_000, 20_010)
  return [
    { menu: 'tourism', path: 'content.json', bytes: Buffer.from(JSON.stringify({ text })) },
    { menu: 'tourism', path: 'pictures/changes.webp', bytes: noise(3_000, first ? 1 : 2) },
    { menu: 'tourism', path: 'pictures/stays.webp', bytes: noise(3_000, 3) },
    { menu: 'tourism', path: `pictures/${text}.webp`, bytes: noise(2_000, first ? 5 : 6) },
    { menu: 'tourism', path: 'large.bin', bytes: large },
    { menu: 'attract', path: 'content.json', bytes: Buffer.from(JSON.stringify({ text })) },
  ]
}
