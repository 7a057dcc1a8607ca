import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { signalAll } from '../town/hosts/host-under-test.ts'
import { breakout } from './breakout.ts'
import { browserMissing, type GuardedTown, startGuardedTown } from './hostile/guarded-town.ts'
import { redirect } from './hostile/hostile-site.ts'

describe.skipIf(browserMissing !== null)(`a guarded page that fails, or means to ${browserMissing ?? ''}`, () => {
  let town: GuardedTown
  beforeAll(async () => {
    town = await startGuardedTown()
  })
  afterAll(() => town.close())

  const problem = () => expect.poll(() => town.open().problem?.kind)
  async function goesOn(): Promise<void> {
    town.site.page('/on', '<title>goes on</title><body style="background:#0f0">')
    await town.visit('/on')
    await expect.poll(() => town.open().title).toBe('goes on')
    await expect.poll(() => town.colour(400, 400)).toBe('0,4,0')
    expect(town.open().problem).toBe(null)
  }

  breakout('C1', 'a page that eats memory is put away, said to have failed, and the turn goes on', async () => {
    town.site.page(
      '/eats',
      '<title>eats</title><script>setTimeout(() => { const all = []; for (;;) all.push(new Array(1e6).fill(Math.random())) }, 300)</script>',
    )
    await town.visit('/eats')
    await problem().toBe('page-failed')
    await goesOn()
  })

  breakout('C2', 'a page that loops without end is put away, and the turn goes on', async () => {
    town.site.page('/loops', '<title>loops</title><script>setTimeout(() => { for (;;) {} }, 300)</script>')
    await town.visit('/loops')
    await problem().toBe('page-failed')
    await goesOn()
  })

  breakout(
    'C4',
    'the process of a page is killed: said, the turn goes on, and who was signed in still is',
    async () => {
      town.site.page('/cookie', "<title>cookie</title><script>document.cookie = 'here=1'</script>")
      town.site.page('/ask', '<title>ask</title><script>document.title = "cookie " + document.cookie</script>')
      await town.visit('/cookie')
      signalAll(renderersOf(town.folder), 'SIGKILL')
      await problem().toBe('page-failed')
      await town.visit('/ask')
      await expect.poll(() => town.open().title).toBe('cookie here=1')
    },
  )

  breakout('C5', 'the whole guarded browser is killed: said, and the next turn begins', async () => {
    await town.visit('/cookie')
    signalAll(processesOf(town.folder), 'SIGKILL')
    await expect.poll(() => town.service.state()).toEqual({ kind: 'over', why: 'failed' })
    await town.leave()
    await goesOn()
  })

  breakout('U19', 'a page that redirects for ever is one that does not answer', async () => {
    town.site.page('/ever', redirect('/ever'))
    await town.visit('/ever')
    await problem().toBe('no-answer')
    await goesOn()
  })

  breakout('C2', 'a site that is slow to answer is waited for, and one that never answers is said not to', async () => {
    const said = new Set<string | undefined>()
    const problemSaid = () => {
      const kind = town.open().problem?.kind
      said.add(kind)
      return kind
    }
    const slowMs = 12_000
    town.site.page('/slow', (_request, response) => void setTimeout(() => response.end('<title>slow</title>'), slowMs))
    const slow = town.visit('/slow')
    await expect
      .poll(() => {
        problemSaid()
        return town.open().title
      })
      .toBe('slow')
    await slow
    expect([...said]).toEqual([undefined])
    town.site.page('/never', () => undefined)
    const never = town.visit('/never')
    await expect.poll(problemSaid).toBe('no-answer')
    await never
    expect([...said]).toEqual([undefined, 'no-answer'])
    await goesOn()
  })

  breakout('C8', 'a console that is flooded is read by nobody', async () => {
    town.site.page(
      '/flood',
      "<title>flood</title><script>const line = 'x'.repeat(1e5); let n = 0; const more = () => { for (let i = 0; i < 200; i += 1) console.log(line + n++); if (n < 1000) setTimeout(more); else document.title = 'flooded' }; more()</script>",
    )
    await town.visit('/flood')
    await expect.poll(() => town.open().title).toBe('flooded')
    await goesOn()
  })
})

/** Processes that were started with the folder of this test, all generations. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    return commandOf(pid).includes(folder) ? [pid] : []
  })
}
const renderersOf = (folder: string) => processesOf(folder).filter((pid) => commandOf(pid).includes('--type=renderer'))

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
