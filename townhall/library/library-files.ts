import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { segmentFormat } from '../../contract/library/segment.ts'
import type { HubContext } from '../context.ts'
import { type CatalogueRepository, createCatalogueRepository } from './catalogue-repository.ts'
import { buildSegment } from './segment/build-segment.ts'

const mostFiles = 30
const mostDeltaPart = 0.05

const journalSchema = z.object({
  /** Files of another format are built anew. */
  format: z.literal(segmentFormat),
  /** The import up to which these files go. */
  revision: z.number().int(),
  segments: z.array(z.object({ file: z.string().regex(/^[a-z]+-\d+\.library$/), records: z.number().int() })).min(1),
})
type Journal = z.infer<typeof journalSchema>
export type LibraryFiles = { segments: { file: string; records: number }[]; asOf: string }
type Context = Pick<HubContext, 'db' | 'dataDir'>

/** Whether the changes go into one more file, or everything into one new file. */
export function decideFiles(
  journal: { segments: readonly { records: number }[] } | null,
  changed: number,
): 'base' | 'delta' | 'none' {
  const base = journal?.segments[0]
  if (journal === null || base === undefined) return 'base'
  if (changed === 0) return 'none'
  const inDeltas = journal.segments.slice(1).reduce((sum, { records }) => sum + records, changed)
  return journal.segments.length >= mostFiles || inDeltas > base.records * mostDeltaPart ? 'base' : 'delta'
}

/**
 * The search files of the catalogue as it is now: those of before where nothing changed, else one more or a new base.
 * @returns null while the hub has no catalogue
 */
export async function libraryFiles(context: Context): Promise<LibraryFiles | null> {
  const catalogue = createCatalogueRepository(context.db)
  if ((await catalogue.total()) === 0) return null
  const dir = join(context.dataDir, 'library')
  mkdirSync(dir, { recursive: true })
  const journal = await build(catalogue, dir, readJournal(dir))
  return {
    segments: journal.segments.map(({ file, records }) => ({ file: join(dir, file), records })),
    asOf: (await catalogue.asOf()) ?? '1970-01-01',
  }
}

async function build(catalogue: CatalogueRepository, dir: string, journal: Journal | null): Promise<Journal> {
  // Read before the titles: what an import adds meanwhile is in these files or in the next.
  const revision = await catalogue.revision()
  // A database put back to an older day knows less than the files.
  const usable = journal !== null && journal.revision <= revision ? journal : null
  const decided = decideFiles(usable, usable === null ? 0 : await catalogue.changed(usable.revision))
  if (usable !== null && decided === 'none') return usable
  const name = `${decided === 'delta' ? 'delta' : 'base'}-${revision}.library`
  const segment =
    usable !== null && decided === 'delta'
      ? await delta(catalogue, usable.revision, join(dir, name))
      : await base(catalogue, join(dir, name))
  const made: Journal = {
    format: segmentFormat,
    revision,
    segments: [
      ...(usable !== null && decided === 'delta' ? usable.segments : []),
      { file: name, records: segment.records },
    ],
  }
  const path = join(dir, 'journal.json')
  writeFileSync(`${path}.new`, JSON.stringify(made))
  renameSync(`${path}.new`, path)
  const kept = new Set(made.segments.map(({ file }) => file))
  for (const file of readdirSync(dir)) if (file.endsWith('.library') && !kept.has(file)) rmSync(join(dir, file))
  return made
}

async function base(catalogue: CatalogueRepository, file: string) {
  async function* records() {
    for await (const row of catalogue.all()) yield row.record
  }
  return buildSegment({ records: records(), gone: [], file })
}

async function delta(catalogue: CatalogueRepository, after: number, file: string) {
  const gone: string[] = []
  const records = []
  for await (const row of catalogue.changesAfter(after)) {
    if (row.deleted) gone.push(row.id)
    else records.push(row.record)
  }
  return buildSegment({ records, gone, file })
}

function readJournal(dir: string): Journal | null {
  try {
    const journal = journalSchema.parse(JSON.parse(readFileSync(join(dir, 'journal.json'), 'utf8')))
    return journal.segments.every(({ file }) => existsSync(join(dir, file))) ? journal : null
  } catch {
    // None yet, or damaged: everything is built anew from the database.
    return null
  }
}
