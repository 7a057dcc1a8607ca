import { useLibraryWords } from '../../i18n/library/library-words.ts'

/** In place of what was asked for and has not come: nothing at first, for it comes at once; then words, never an empty page. */
export function Awaited({ failed }: { failed: boolean }) {
  const words = useLibraryWords()
  return (
    <p className="notice library-awaited" role="status">
      {failed ? words.preparing : words.checking}
    </p>
  )
}
