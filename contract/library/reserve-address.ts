import type { LibraryRecord } from './record.ts'

/** The address for reserving a title, from one with `{id}` or `{isbn}` in it; not judged yet. @returns null when the title has no such number */
export function reserveAddress(template: string, record: Pick<LibraryRecord, 'id' | 'isbn'>): string | null {
  if (template.includes('{isbn}') && record.isbn === undefined) return null
  // Half of a surrogate pair cannot be written into an address.
  return template
    .replaceAll('{id}', encodeURIComponent(record.id.toWellFormed()))
    .replaceAll('{isbn}', record.isbn ?? '')
}
