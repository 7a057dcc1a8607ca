import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { KioskError } from '../contract/error-codes.ts'
import { decidePin } from '../electron/kiosk/maintenance/decide-pin.ts'

type Terminal = { input: NodeJS.ReadableStream & { isTTY?: boolean }; say: (text: string) => void }

/** The PIN of the service screen, from a terminal without an echo and twice, or the first line of what is piped in: never in the list of processes, never in a shell's history. */
export async function askPin({ input, say }: Terminal): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: nowhere, terminal: input.isTTY === true })
  const lines = reader[Symbol.asyncIterator]()
  const ask = async (question: string) => {
    if (input.isTTY) say(question)
    const { value, done } = await lines.next()
    if (done) throw new KioskError('bad-arguments', 'no PIN was given')
    return value.trim()
  }
  try {
    const pin = await ask('PIN of the service screen, 6 to 12 digits (not shown):')
    // A bad one is said before it is asked for again.
    if (input.isTTY && decidePin(pin) === null && (await ask('Once more:')) !== pin)
      throw new KioskError('bad-arguments', 'the two are not the same')
    return pin
  } finally {
    reader.close()
  }
}
