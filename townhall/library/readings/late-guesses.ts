import type { HubContext } from '../../context.ts'
import { type RunLibrary, runLibraryCommand } from '../catalogue-jobs.ts'
import { createCatalogueRepository } from '../catalogue-repository.ts'

type Context = Pick<HubContext, 'db' | 'dataDir' | 'log' | 'openGuesser'>

/**
 * The readings that no import guessed: of a catalogue that came before the hub could guess, or before what guesses became another. Once after
 * the hub's start, in a process of its own, which takes its turn among imports. What one wrote that was cut off is cleared, and done again.
 */
export async function guessLate(
  context: Context,
  signal: AbortSignal,
  run: RunLibrary = runLibraryCommand,
): Promise<void> {
  try {
    const catalogue = createCatalogueRepository(context.db)
    if ((await catalogue.total()) === 0) return
    const guesser = await context.openGuesser()
    if (guesser === null) return
    guesser.close()
    if (guesser.version === (await catalogue.guessedBy()) || signal.aborted) return
    // Nobody waits for it, so nobody cancels it.
    const stops = { closing: signal, cancelled: new AbortController().signal }
    const code = await run(['readings', '--data', context.dataDir], () => undefined, stops)
    if (code !== 0 && !signal.aborted) context.log.warn({ code }, 'library: the readings were not guessed to the end')
  } catch (error) {
    if (!signal.aborted) context.log.error({ err: error }, 'library: readings could not be guessed')
  }
}
