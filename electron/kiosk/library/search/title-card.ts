import type { LibraryRecord } from '../../../../contract/library/record.ts'
import { shownHolding } from '../../../../contract/library/title-numbers.ts'
import type { TitleCard } from '../../../../contract/menus/library.ts'

export function titleCard(record: LibraryRecord, cover: string | null): TitleCard {
  const { id, kind, title, titleReading, titleGuess, subtitle, volume, authors, publisher, year, ndc } = record
  const { holdings } = record
  const shown = shownHolding(record)
  return {
    ...{ id, kind, title, titleReading, titleGuess, subtitle, volume, authors, publisher, year, ndc, cover },
    shelf: shown?.shelf ?? null,
    callNumber: shown?.callNumber ?? null,
    copies: holdings.length,
    readingRoomOnly: holdings.length > 0 && holdings.every((holding) => holding.readingRoomOnly),
  }
}
