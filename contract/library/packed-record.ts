import { z } from 'zod'
import { type LibraryRecord, libraryRecordSchema, titleKinds } from './record.ts'

/** A record as it lies in a search file: its values in a fixed order without their names, 0 for what is not there. */
const absent = z.literal(0)
const text = z.string().or(absent)
const names = z.array(z.tuple([z.string(), text]))
const packedSchema = z.tuple([
  z.string(),
  z.number(),
  z.string(),
  text,
  text,
  text,
  names,
  names,
  text,
  z.number(),
  z.array(z.string()),
  text,
  text,
  text,
  text,
  z.tuple([z.number(), z.number()]).or(absent),
  z.number(),
  z.number(),
  text,
  z.array(z.tuple([z.string().nullable(), z.string(), z.string().nullable(), z.string().nullable(), z.number()])),
  // Not in files of the second format.
  text.optional(),
])

export function packRecord(record: LibraryRecord): z.infer<typeof packedSchema> {
  const { authors, series, ages, holdings } = record
  const named = (all: LibraryRecord['authors']) =>
    all.map(({ name, reading }): [string, string | 0] => [name, reading ?? 0])
  return [
    record.id,
    titleKinds.indexOf(record.kind),
    record.title,
    record.titleReading ?? 0,
    record.subtitle ?? 0,
    record.volume ?? 0,
    named(authors),
    named(series),
    record.publisher ?? 0,
    record.year ?? 0,
    record.subjects,
    record.ndc ?? 0,
    record.isbn ?? 0,
    record.extent ?? 0,
    record.summary ?? 0,
    ages === undefined ? 0 : [ages.from, ages.to],
    record.aboutTown ? 1 : 0,
    record.loans,
    record.arrived ?? 0,
    holdings.map(({ item, branch, shelf, callNumber, readingRoomOnly }) => [
      item,
      branch,
      shelf,
      callNumber,
      readingRoomOnly ? 1 : 0,
    ]),
    record.titleGuess ?? 0,
  ]
}

/** Throws what zod throws when it is no packed record. */
export function unpackRecord(packed: unknown): LibraryRecord {
  const [id, kind, title, titleReading, subtitle, volume, authors, series, publisher, year, subjects, ...more] =
    packedSchema.parse(packed)
  const [ndc, isbn, extent, summary, ages, aboutTown, loans, arrived, holdings, titleGuess = 0] = more
  const given = <Value>(value: Value | 0): Value | undefined => (value === 0 ? undefined : value)
  const named = (all: typeof authors) => all.map(([name, reading]) => withoutGaps({ name, reading: given(reading) }))
  return libraryRecordSchema.parse(
    withoutGaps({
      id,
      kind: titleKinds[kind],
      title,
      titleReading: given(titleReading),
      titleGuess: given(titleGuess),
      subtitle: given(subtitle),
      volume: given(volume),
      authors: named(authors),
      series: named(series),
      publisher: given(publisher),
      year: year === 0 ? undefined : year,
      subjects,
      ndc: given(ndc),
      isbn: given(isbn),
      extent: given(extent),
      summary: given(summary),
      ages: ages === 0 ? undefined : { from: ages[0], to: ages[1] },
      aboutTown: aboutTown === 1,
      loans,
      arrived: given(arrived),
      holdings: holdings.map(([item, branch, shelf, callNumber, readingRoomOnly]) => ({
        item,
        branch,
        shelf,
        callNumber,
        readingRoomOnly: readingRoomOnly === 1,
      })),
    }),
  )
}

const withoutGaps = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))
