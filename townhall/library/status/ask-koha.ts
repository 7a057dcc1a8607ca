import { z } from 'zod'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import { type Asked, askSafely, type Outside } from '../ask-safely.ts'
import { decideStatus } from '../decide-status.ts'
import type { StatusSource } from './status-source.ts'

const limits = { withinMs: 15_000, mostBytes: 2_097_152 }
const itemsAtOnce = 100
const titlesAtOnce = 20
const daySchema = z.iso.date()
const dayMs = 86_400_000

export type KohaItem = { state: 'in' | 'out' | 'reading-room'; due: string | null; title: string | null }

/**
 * Koha's ILS-DI (`ilsdi.pl`): GetAvailability by itemnumber, which is 952 $9 of the catalogue. It tells no day; with `dueDates` GetRecords
 * is asked too for what is out. That answer holds the borrowers' names: nothing but `itemnumber` and `onloan` of the items is looked at.
 */
export function kohaSource(
  { address, dueDates }: { address: string; dueDates: boolean },
  outside: Outside,
  nowMs: () => number,
): StatusSource {
  const ask = (service: string, ids: readonly string[], more: Record<string, string> = {}): Promise<Asked> => {
    const url = new URL(address)
    url.search = new URLSearchParams({ service, id: ids.join(' '), ...more }).toString()
    return askSafely(url, outside, limits)
  }

  async function addDays(items: Map<string, KohaItem>): Promise<void> {
    const titles = [...new Set([...items.values()].flatMap((one) => (one.state === 'out' ? (one.title ?? []) : [])))]
    for (let from = 0; from < titles.length; from += titlesAtOnce) {
      const told = await ask('GetRecords', titles.slice(from, from + titlesAtOnce))
      if (told.kind === 'failed') return
      for (const [item, due] of dueDays(told.text, nowMs())) {
        const known = items.get(item)
        if (known?.state === 'out') items.set(item, { ...known, due })
      }
    }
  }

  return {
    freshMs: 60_000,
    usefulMs: 15 * 60_000,
    most: 60,
    async ask(records, tell) {
      const wanted = [...new Set(records.flatMap(itemNumbers))]
      const items = new Map<string, KohaItem>()
      for (let from = 0; from < wanted.length; from += itemsAtOnce) {
        const some = wanted.slice(from, from + itemsAtOnce)
        const told = await ask('GetAvailability', some, { id_type: 'item' })
        if (told.kind === 'failed') return told
        const found = readAvailability(told.text, new Set(some))
        if (found === null) return { reason: '相手の答えが Koha の ILS-DI ではありません。', waitMs: null }
        for (const [item, state] of found) items.set(item, state)
      }
      if (dueDates) await addDays(items)
      tell(records.map((record) => statusOf(record, items)))
      return null
    },
  }
}

/** Other systems' numbers of copies (a barcode with letters) are nothing Koha could be asked for. */
const itemNumbers = ({ holdings }: LibraryRecord): string[] =>
  holdings.flatMap(({ item }) => (item !== null && /^\d{1,12}$/.test(item) ? [item] : []))

/** A copy of which nothing was said counts as one without a number: then nobody knows whether all are out. */
export function statusOf({ id, holdings }: LibraryRecord, items: ReadonlyMap<string, KohaItem>) {
  const said = (item: string | null) => (item === null ? undefined : items.get(item))
  const judged = holdings.map((one) => {
    const known = said(one.item)
    return {
      ...one,
      item: known === undefined ? null : one.item,
      readingRoomOnly: one.readingRoomOnly || known?.state === 'reading-room',
    }
  })
  const out = new Map([...items].filter(([, { state }]) => state === 'out'))
  return decideStatus(id, judged, out)
}

const name = (tag: string) => `(?:[\\w.-]+:)?${tag}`
const opening = (tag: string) => new RegExp(`<${name(tag)}(?=[\\s>])`)
const [collection, recordStart, itemStart] = [opening('collection'), opening('record'), opening('item')]
const attribute = /^[^>]*?\sid\s*=\s*["']([^"'>]*)["']/
const title = new RegExp(`<${name('bibliographic')}\\s[^>]*?id\\s*=\\s*["'](\\d{1,12})["']`)
const text = (tag: string, part: string) =>
  new RegExp(`<${name(tag)}(?:\\s[^>]*)?>([^<]*)<`).exec(part)?.[1]?.trim() ?? ''
/** Parted at its marks and not matched as a whole, and no part longer than any honest one: an answer of marks alone costs no more time than another. */
const parts = (start: RegExp | string, xml: string) => xml.split(start).slice(1)
const mostOfPart = 8_000

/** @returns null: no answer of ILS-DI. Items that were not asked for, or are told twice and differently, are left out */
export function readAvailability(xml: string, asked: ReadonlySet<string>): Map<string, KohaItem> | null {
  if (!collection.test(xml)) return null
  const items = new Map<string, KohaItem>()
  const contradicted = new Set<string>()
  for (const record of parts(recordStart, xml)) {
    const of = title.exec(record.slice(0, mostOfPart))?.[1] ?? null
    for (const whole of parts(itemStart, record)) {
      const part = whole.slice(0, mostOfPart)
      const id = attribute.exec(part)?.[1] ?? ''
      const state = stateOf(text('availabilitystatus', part), text('availabilitymsg', part))
      if (state === null || !asked.has(id)) continue
      if (items.has(id) && items.get(id)?.state !== state) contradicted.add(id)
      items.set(id, { state, due: null, title: of })
    }
  }
  for (const id of contradicted) items.delete(id)
  return items
}

/** The words of C4/ILSDI/Services.pm. Any other says nothing we could pass on. */
function stateOf(status: string, message: string): KohaItem['state'] | null {
  if (/^available$/i.test(status)) return 'in'
  if (!/^not available$/i.test(status)) return null
  return /not for loan/i.test(message) ? 'reading-room' : 'out'
}

/** GetRecords: `onloan` of an item is the day it is due. One that no calendar has, or years away, is none. */
export function dueDays(xml: string, nowMs: number): Map<string, string> {
  const days = new Map<string, string>()
  for (const items of parts('<items>', xml))
    for (const whole of parts('<item>', items.split('</items>')[0] ?? '')) {
      const part = whole.slice(0, mostOfPart)
      const day = text('onloan', part).slice(0, 10)
      const near = Math.abs(Date.parse(day) - nowMs) <= 400 * dayMs
      if (daySchema.safeParse(day).success && near) days.set(text('itemnumber', part), day)
    }
  return days
}
