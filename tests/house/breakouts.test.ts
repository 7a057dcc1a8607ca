import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { breakouts } from '../breakouts/rows.ts'

const root = join(import.meta.dirname, '..', '..')
const ids = Object.keys(breakouts)

/** Files that test rows; the id stands there as a word of its own in quotes, in a call or in a table of rows. */
const sources = ['tests', 'electron'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('house'))
    .map((name) => ({ name: join(folder, name), text: readFileSync(join(root, folder, name), 'utf8') }))
    .filter(({ text }) => /\bbreakout\(/.test(text)),
)
const written = [...readFileSync(join(root, 'docs', 'security.md'), 'utf8').matchAll(/^\| ([A-Z]\d+) +\|.*$/gm)].map(
  ([row, id = '']) => ({ id, files: [...row.matchAll(/`([\w-]+\.test\.ts)`/g)].map(([, file = '']) => file) }),
)

it('every way out is tried by a test that bears its id', () => {
  expect(ids.filter((id) => !sources.some(({ text }) => text.includes(`'${id}'`)))).toEqual([])
})

it('the page about them has each once, and none that is not one', () => {
  expect(written.map(({ id }) => id)).toEqual(ids)
})

it('each file that the page names tries that way out', () => {
  const wrong = written.flatMap(({ id, files }) => {
    const named = files.length > 0 ? files : ['no file']
    return named
      .filter((file) => !sources.some(({ name, text }) => name.endsWith(`/${file}`) && text.includes(`'${id}'`)))
      .map((file) => `${id}: ${file}`)
  })
  expect(wrong).toEqual([])
})
