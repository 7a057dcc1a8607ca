import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DevtoolsEvent, devtoolsOver } from './devtools-pipe.ts'

function play() {
  const [toBrowser, fromBrowser] = [new PassThrough(), new PassThrough()]
  const devtools = devtoolsOver({ toBrowser, fromBrowser })
  const events: DevtoolsEvent[] = []
  devtools.onEvent((event) => events.push(event))
  return { devtools, events, toBrowser, fromBrowser }
}

it('reads the same messages however the pipe cuts them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }),
      fc.array(fc.nat(400)),
      async (titles, cuts) => {
        const { events, fromBrowser } = play()
        const bytes = Buffer.from(
          titles.map((title) => `${JSON.stringify({ method: 'M', params: { title } })}\0`).join(''),
        )
        const edges = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        for (const [index, edge] of edges.slice(1).entries()) fromBrowser.write(bytes.subarray(edges[index], edge))
        await expect.poll(() => events.map(({ params }) => params.title)).toEqual(titles)
      },
    ),
    { numRuns: 30 },
  )
})

it('gives each question its own answer, a refusal in the words of the browser, and all an end when it is gone', async () => {
  const { devtools, toBrowser, fromBrowser } = play()
  const [first, second, third] = ['A', 'B', 'C'].map((method) => devtools.send(method, { of: method }, 'page'))
  await expect.poll(() => String(toBrowser.read() ?? '')).toContain('"sessionId":"page"')
  fromBrowser.write('{"id":2,"error":{"message":"not allowed"}}\0{"id":1,"result":{"ok":true}}\0')
  await expect(first).resolves.toEqual({ ok: true })
  await expect(second).rejects.toThrow('not allowed')
  fromBrowser.destroy()
  await expect(third).rejects.toThrow('the browser is gone')
  await devtools.closed
})
