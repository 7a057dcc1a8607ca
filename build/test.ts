// npm test: check, then the tests but the longest. npm test -- --all: every test. Other arguments are handed to vitest (npm test -- --project unit).
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { runChecks } from './check.ts'
import { longTests } from './long-tests.ts'
import { buildRelease0 } from './release0.ts'
import { buildScreens } from './screens.ts'

const root = join(import.meta.dirname, '..')
const given = process.argv.slice(2)
const args = given.filter((arg) => arg !== '--all')
const withoutLong = given.length === 0

if (args.length === 0 && !(await runChecks())) process.exit(1)
// Before any test: two files at a time must not build the same folder.
await buildScreens((text) => console.log(text))
await buildRelease0((text) => console.log(text))
const vitest = spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=./build/plain-count-reporter.ts',
    ...args,
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...(withoutLong ? { WITHOUT_LONG_TESTS: '1' } : {}) } },
)
process.on('SIGINT', () => vitest.kill('SIGINT'))
vitest.on('exit', (code) => {
  if (withoutLong) console.log(`left out: ${longTests.length} files that take long (npm test -- --all runs them)`)
  process.exit(code ?? 1)
})
