import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** A port at which a server may close and listen again later: below those that systems hand to whoever asks for any (from 32768 on Linux), so that nobody is given it meanwhile. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
