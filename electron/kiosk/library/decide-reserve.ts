import { decideRequest, type InternetPolicy } from '../../../contract/internet-policy.ts'
import type { LibraryRecord } from '../../../contract/library/record.ts'
import { reserveAddress } from '../../../contract/library/reserve-address.ts'
import type { LibraryContent, TitlePage } from '../../../contract/menus/library.ts'

/**
 * The ways to reserve a title at the library's own system. What is judged is the address as it will be opened, filled in and read by the URL
 * parser, by the very rules of every other page. @returns null: at the counter
 */
export function decideReserve(
  reserve: LibraryContent['reserve'],
  record: Pick<LibraryRecord, 'id' | 'isbn'>,
  policy: InternetPolicy | null,
): TitlePage['reserve'] {
  const filled = reserve && reserveAddress(reserve.address, record)
  if (reserve === null || filled === null || !URL.canParse(filled)) return null
  const address = new URL(filled)
  if (address.protocol !== 'https:') return null
  const here = reserve.inWeb && policy !== null && decideRequest({ address, kind: 'page' }, policy).allowed
  return { address: address.href, here }
}
