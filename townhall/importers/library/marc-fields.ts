/** One field of MARC: a control field has a text, any other its subfields in their order. */
export type MarcField = { tag: string; text: string; subfields: readonly (readonly [code: string, text: string])[] }
export type MarcRecord = { leader: string; fields: readonly MarcField[] }
export type ReadMarc =
  | { kind: 'record'; record: MarcRecord; repairs: string[] }
  | { kind: 'refused'; reason: string; value: string | null }

export const subfield = (field: MarcField, code: string): string | undefined =>
  field.subfields.find(([one]) => one === code)?.[1]
