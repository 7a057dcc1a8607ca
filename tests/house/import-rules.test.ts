import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { plantHouse } from './planted-house.ts'

const root = join(import.meta.dirname, '..', '..')
type Rules = { forbidden: { name: string }[] }
const rules: Rules = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'))

/** One violation per rule: the file that breaks it, and what it needs to exist. */
const planted: { rule: string; files: Record<string, string> }[] = [
  { rule: 'no-cycle', files: { 'contract/a.ts': "import './b.ts'\n", 'contract/b.ts': "import './a.ts'\n" } },
  {
    rule: 'contract-is-alone',
    files: { 'contract/a.ts': "import { readFileSync } from 'node:fs'\nreadFileSync('x')\n" },
  },
  {
    rule: 'electron-behind-the-shell',
    files: { 'electron/kiosk/a.ts': "import { app } from 'electron'\napp.quit()\n" },
  },
  {
    rule: 'kiosk-knows-no-host',
    files: { 'electron/kiosk/a.ts': "import '../shell/b.ts'\n", 'electron/shell/b.ts': 'export {}\n' },
  },
  {
    rule: 'hosts-never-meet',
    files: { 'electron/shell/a.ts': "import '../chromium/b.ts'\n", 'electron/chromium/b.ts': 'export {}\n' },
  },
  {
    rule: 'hosts-never-meet-2',
    files: { 'electron/chromium/a.ts': "import '../shell/b.ts'\n", 'electron/shell/b.ts': 'export {}\n' },
  },
  {
    rule: 'sqlite-behind-the-database',
    files: { 'electron/kiosk/usage/a.ts': "import Database from 'better-sqlite3'\nnew Database('x')\n" },
  },
  {
    rule: 'kysely-behind-repositories',
    files: { 'townhall/reports/routes.ts': "import { sql } from 'kysely'\nsql``\n" },
  },
  {
    rule: 'screen-knows-contract-only',
    files: { 'renderer/app/a.ts': "import '../../electron/kiosk/b.ts'\n", 'electron/kiosk/b.ts': 'export {}\n' },
  },
  {
    rule: 'screen-takes-types-only',
    files: {
      'renderer/app/a.ts': "import { b } from '../../contract/b.ts'\nb()\n",
      'contract/b.ts': 'export const b = () => 1\n',
    },
  },
  {
    rule: 'menus-never-meet',
    files: { 'renderer/menus/map/a.ts': "import '../tourism/b.ts'\n", 'renderer/menus/tourism/b.ts': 'export {}\n' },
  },
  {
    rule: 'only-app-knows-menus',
    files: { 'renderer/ui/a.ts': "import '../menus/tourism/b.ts'\n", 'renderer/menus/tourism/b.ts': 'export {}\n' },
  },
  {
    rule: 'hub-knows-no-kiosk',
    files: { 'townhall/usage/a.ts': "import '../../electron/kiosk/b.ts'\n", 'electron/kiosk/b.ts': 'export {}\n' },
  },
  {
    rule: 'kiosk-knows-no-hub',
    files: { 'electron/kiosk/a.ts': "import '../../townhall/b.ts'\n", 'townhall/b.ts': 'export {}\n' },
  },
  {
    rule: 'console-is-a-browser',
    files: { 'townhall/console/a.ts': "import '../usage/b.ts'\n", 'townhall/usage/b.ts': 'export {}\n' },
  },
  {
    rule: 'hub-serves-the-console-as-files',
    files: { 'townhall/app.ts': "import './console/b.ts'\n", 'townhall/console/b.ts': 'export {}\n' },
  },
  { rule: 'build-is-nobodys', files: { 'townhall/a.ts': "import '../build/b.ts'\n", 'build/b.ts': 'export {}\n' } },
]

it('has a planted violation for every import rule', () => {
  expect(planted.map((one) => one.rule).sort()).toEqual(rules.forbidden.map((rule) => rule.name).sort())
})

it.each(planted)('$rule catches its violation', ({ rule, files }) => {
  const house = plantHouse(files)
  try {
    const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))]
    const cruise = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'err',
        ...folders,
      ],
      { cwd: house.dir, encoding: 'utf8' },
    )
    expect(cruise.stdout).toContain(`error ${rule}:`)
    expect(cruise.status).not.toBe(0)
  } finally {
    house.remove()
  }
})
