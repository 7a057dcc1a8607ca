import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadingGuesser } from './guesser.ts'
import { outputFormat, readToken } from './mecab-output.ts'
import { prepareTitle } from './prepare-title.ts'
import { readTokens, rulesVersion, type Token } from './tokens-reading.ts'

/** Debian's `mecab-ipadic-utf8`, then where other systems put the same. */
const dictionaries = [
  '/var/lib/mecab/dic/ipadic-utf8',
  '/usr/share/mecab/dic/ipadic',
  '/usr/lib64/mecab/dic/ipadic',
  '/usr/local/lib/mecab/dic/ipadic',
  '/opt/homebrew/lib/mecab/dic/ipadic',
]
const answersWithinMs = 30_000
const asIpadic = { charset: /^charset:\s*utf-?8\s*$/im, size: /^left size:\s*1316\s*$/m }

/** MeCab with the IPA dictionary, in a process of its own. @returns null where one of the two is not there */
export async function openMecab({
  program = 'mecab',
  dictionary = dictionaries.find((one) => existsSync(join(one, 'sys.dic'))),
} = {}): Promise<ReadingGuesser | null> {
  if (dictionary === undefined) return null
  const options = ['-r', '/dev/null', '-d', dictionary]
  const version = await versionOf(program, options)
  if (version === null) return null
  return createGuesser(spawn(program, [...options, ...outputFormat], { stdio: 'pipe' }), version)
}

/** null: no such program, or another dictionary, whose columns say something else. */
async function versionOf(program: string, options: readonly string[]): Promise<string | null> {
  const about = await printed(program, [...options, '-D'])
  if (!asIpadic.charset.test(about) || !asIpadic.size.test(about)) return null
  const words = /^size:\s*(\d+)/m.exec(about)?.[1] ?? '?'
  const own = (await printed(program, ['--version'])).replace(/^mecab of\s*/, '').trim()
  return `MeCab ${own}, IPADIC ${words}, ${rulesVersion}`
}

/** Whatever code it ends with: `mecab -D` ends with 1. */
const printed = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: answersWithinMs }, (_, stdout) => resolve(stdout))
  })

function createGuesser(mecab: ChildProcessWithoutNullStreams, version: string): ReadingGuesser {
  let rest = ''
  let tokens: Token[] = []
  let ended: Error | null = null
  let asked: { left: number; found: (string | null)[]; done(error: Error | null): void } | null = null
  const end = (error: Error): void => {
    ended ??= error
    asked?.done(ended)
  }
  mecab.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line !== '') {
        tokens.push(readToken(line))
        continue
      }
      asked?.found.push(readTokens(tokens))
      tokens = []
    }
    if (asked !== null && asked.found.length >= asked.left) asked.done(null)
  })
  mecab.stderr.resume()
  mecab.stdin.on('error', end)
  mecab.on('error', end)
  mecab.on('exit', () => end(new Error('MeCab has ended')))

  /** Of prepared titles, one question at a time. */
  const ask = (titles: readonly string[]): Promise<(string | null)[]> =>
    new Promise((resolve, reject) => {
      const found: (string | null)[] = []
      const tooLate = setTimeout(() => mecab.kill('SIGKILL'), answersWithinMs)
      const done = (error: Error | null): void => {
        clearTimeout(tooLate)
        asked = null
        if (error === null) resolve(found)
        else reject(error)
      }
      asked = { left: titles.length, found, done }
      if (ended !== null) done(ended)
      else mecab.stdin.write(`${titles.join('\n')}\n`)
    })

  return {
    version,
    async guess(titles) {
      const prepared = titles.map(prepareTitle)
      const wanted = prepared.filter((one) => one !== null)
      const found = wanted.length === 0 ? [] : await ask(wanted)
      let next = 0
      return prepared.map((one) => (one === null ? null : (found[next++] ?? null)))
    },
    close() {
      mecab.kill()
    },
  }
}
