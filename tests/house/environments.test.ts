import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { plantHouse } from './planted-house.ts'

const root = join(import.meta.dirname, '..', '..')

/** What each environment must not know, told by the compiler. */
const planted = [
  {
    name: 'the contract knows no Node',
    project: 'contract',
    file: 'contract/a.ts',
    text: 'export const a = process.pid\n',
    error: "Cannot find name 'process'",
  },
  {
    name: 'the contract knows no DOM',
    project: 'contract',
    file: 'contract/a.ts',
    text: 'export const a = document.title\n',
    error: "Cannot find name 'document'",
  },
  {
    name: 'the kiosk knows no DOM',
    project: 'electron/kiosk',
    file: 'electron/kiosk/a.ts',
    text: 'export const a = document.title\n',
    error: "Cannot find name 'document'",
  },
  {
    name: 'the hub knows no DOM',
    project: 'townhall',
    file: 'townhall/a.ts',
    text: 'export const a = window.innerWidth\n',
    error: "Cannot find name 'window'",
  },
  {
    name: 'the screen knows no Node',
    project: 'renderer',
    file: 'renderer/a.ts',
    text: "import { readFileSync } from 'node:fs'\nexport const a = readFileSync('x')\n",
    error: "Cannot find name 'node:fs'",
  },
  {
    name: 'the console knows no Node',
    project: 'townhall/console',
    file: 'townhall/console/a.ts',
    text: 'export const a = process.pid\n',
    error: "Cannot find name 'process'",
  },
  {
    name: 'an index may be missing',
    project: 'contract',
    file: 'contract/a.ts',
    text: 'const list = [1]\nexport const a: number = list[3]\n',
    error: "Type 'number | undefined' is not assignable",
  },
]

it.each(planted)('$name', ({ project, file, text, error }) => {
  const house = plantHouse({
    'contract/ground.ts': 'export {}\n',
    'electron/kiosk/ground.ts': 'export {}\n',
    [file]: text,
  })
  try {
    const compile = spawnSync(process.execPath, [join(root, 'node_modules/typescript-7/bin/tsc'), '-b', project], {
      cwd: house.dir,
      encoding: 'utf8',
    })
    expect(compile.stdout).toContain(error)
    expect(compile.status).not.toBe(0)
  } finally {
    house.remove()
  }
})

const lint = [
  { rule: 'lint/suspicious/noExplicitAny', text: 'export const a = (x: any) => x\n' },
  { rule: 'lint/style/noNonNullAssertion', text: 'export const a = (x?: string) => x!.length\n' },
  { rule: 'lint/correctness/noUnusedImports', text: "import { b } from './b.ts'\n\nexport const a = 1\n" },
  { rule: 'lint/style/useImportType', text: "import { B } from './b.ts'\n\nexport const a: B = 1\n" },
]

it.each(lint)('the linter catches $rule', ({ rule, text }) => {
  const house = plantHouse({ 'townhall/a.ts': text, 'townhall/b.ts': 'export type B = number\nexport const b = 1\n' })
  try {
    const biome = spawnSync(
      process.execPath,
      [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', 'townhall'],
      { cwd: house.dir, encoding: 'utf8' },
    )
    expect(`${biome.stdout}${biome.stderr}`).toContain(rule)
    expect(biome.status).not.toBe(0)
  } finally {
    house.remove()
  }
})
