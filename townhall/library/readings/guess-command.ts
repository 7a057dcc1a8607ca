import type { CommandIo } from '../../command.ts'
import type { HubContext } from '../../context.ts'
import { createCatalogueRepository } from '../catalogue-repository.ts'
import { createGuesses } from './guesses.ts'

/** `library readings`: what an import would guess, without an import. */
export async function guessReadings(context: Pick<HubContext, 'db' | 'openGuesser'>, io: CommandIo): Promise<number> {
  const catalogue = createCatalogueRepository(context.db)
  const guesses = createGuesses(await context.openGuesser())
  try {
    if (guesses.version() === null) {
      io.warn('MeCab がないので、ヨミを推定していません。')
      return 1
    }
    if ((await catalogue.guessAnew(guesses)) === null) {
      io.warn('ほかの受け取りが終わらないので、ヨミを推定していません。')
      return 1
    }
    // Of one that ended in the middle the rest is still to be guessed.
    if (guesses.version() === null) {
      io.warn('MeCab が途中で止まったので、ヨミの推定は途中までです。')
      return 1
    }
    const { readings } = await catalogue.tally()
    io.say(`漢字の題 ${readings?.without ?? 0} にヨミがありません（うち ${readings?.guessed ?? 0} は推定しました）。`)
    return 0
  } finally {
    guesses.close()
  }
}
