import type { LibraryRecord } from '../../../contract/library/record.ts'
import type { Language } from '../../../contract/localized-text.ts'
import type { LibraryView } from '../../../contract/menus/library.ts'
import { pickText } from '../../i18n/pick-text.ts'

/** Coarse modules are read by old telephones too. */
const mostLetters = 60

/** A slip of paper without paper: title, author, and for each place library, shelf and call number. */
export function decideSlip(
  record: LibraryRecord,
  view: Pick<LibraryView, 'branches' | 'shelves'>,
  language: Language,
): string {
  const places = new Set(
    record.holdings.map(({ branch, shelf, callNumber }) => {
      const branchName = view.branches.find((one) => one.id === branch)?.name
      const shelfName = view.shelves.find((one) => one.id === shelf)?.name
      return [
        branchName ? pickText(branchName, language).text : branch,
        shelfName && pickText(shelfName, language).text,
        callNumber?.replaceAll('/', ' '),
      ]
        .filter(Boolean)
        .join(' ')
    }),
  )
  const title = [record.title, record.volume].filter(Boolean).join(' ')
  return [short(title), short(record.authors[0]?.name ?? ''), ...[...places].slice(0, 3)].filter(Boolean).join('\n')
}

const short = (text: string) =>
  [...text].length > mostLetters ? `${[...text].slice(0, mostLetters - 1).join('')}…` : text
