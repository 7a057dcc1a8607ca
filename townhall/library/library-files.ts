import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { segmentFormat } from '../../contract/library/segment.ts'
import type { HubContext } from '../context.ts'
import { clearFile } from '../releases/clear-file.ts'
import { type CatalogueRepository, createCatalogueRepository } from './catalogue-repository.ts'
import { buildSegment } from './segment/build-segment.ts'

const mostFiles = 30
const mostDeltaPart = 0.05
const journalName = 'journal.json'

const journalSchema = z.object({
  /** Files of another format are built anew. */
  format: z.literal(segmentFormat),
  /** The import up to which these files go. */
  revision: z.number().int(),
  segments: z.array(z.object({ file: z.string().regex(/^[a-z]+-\d+\.library$/), records: z.number().int() })).min(1),
})
type Journal = z.infer<typeof journalSchema>
export type LibraryFiles = {
  segments: { file: string; records: number }[]
  asOf: string
  /** For each file of before that could not be taken away why not. */
  uncleared?: readonly string[]
}
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
 * For whoever holds the lock of publishing. The search files of the catalogue as it is now: those of before where nothing changed, else one more or a new base.
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
    uncleared: clearOthers(dir, journal),
  }
}

async function build(catalogue: CatalogueRepository, dir: string, journal: Journal | null): Promise<Journal> {
  for (;;) {
    const made = await buildOnce(catalogue, dir, journal)
    // An import that came between has cleared away what this one still was to read.
    if ((await catalogue.clearedUpTo()) <= made.revision) return keep(dir, made)
  }
}

async function buildOnce(catalogue: CatalogueRepository, dir: string, journal: Journal | null): Promise<Journal> {
  // Everything is read as it was by this number, whatever is taken in meanwhile.
  const revision = await catalogue.revision()
  // A database put back to an older day knows less than the files.
  const usable = journal !== null && journal.revision <= revision ? journal : null
  const decided = decideFiles(usable, usable === null ? 0 : await catalogue.changed(usable.revision, revision))
  if (usable !== null && decided === 'none') return usable
  const name = `${decided === 'delta' ? 'delta' : 'base'}-${revision}.library`
  const segment =
    usable !== null && decided === 'delta'
      ? await delta(catalogue, [usable.revision, revision], join(dir, name))
      : await base(catalogue, revision, join(dir, name))
  return {
    format: segmentFormat,
    revision,
    segments: [
      ...(usable !== null && decided === 'delta' ? usable.segments : []),
      { file: name, records: segment.records },
    ],
  }
}

function keep(dir: string, made: Journal): Journal {
  const path = join(dir, journalName)
  writeFileSync(`${path}.new`, JSON.stringify(made))
  renameSync(`${path}.new`, path)
  return made
}

/** Files of before, and what a build that was cut off left, which may be as large. Nobody else writes there. */
function clearOthers(dir: string, { segments }: Journal): string[] {
  const kept = new Set([journalName, ...segments.map(({ file }) => file)])
  return readdirSync(dir).flatMap((file) => (kept.has(file) ? [] : clearFile(join(dir, file))))
}

async function base(catalogue: CatalogueRepository, revision: number, file: string) {
  async function* records() {
    for await (const { record } of catalogue.all(revision)) yield record
  }
  return buildSegment({ records: records(), gone: [], file })
}

async function delta(catalogue: CatalogueRepository, [after, upTo]: readonly [number, number], file: string) {
  const gone: string[] = []
  const records = []
  for await (const { id, record } of catalogue.changes(after, upTo)) {
    if (record === null) gone.push(id)
    else records.push(record)
  }
  return buildSegment({ records, gone, file })
}

function readJournal(dir: string): Journal | null {
  try {
    const journal = journalSchema.parse(JSON.parse(readFileSync(join(dir, journalName), 'utf8')))
    return journal.segments.every(({ file }) => existsSync(join(dir, file))) ? journal : null
  } catch {
    // None yet, or damaged: everything is built anew from the database.
    return null
  }
}
