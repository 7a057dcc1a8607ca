// npm test: check, then every test. Arguments are handed to vitest (npm test -- --project unit).
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { runChecks } from './check.ts'
import { buildScreens } from './screens.ts'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)

if (args.length === 0 && !(await runChecks())) process.exit(1)
await buildScreens((text) => console.log(text))
const vitest = spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=./build/plain-count-reporter.ts',
    ...args,
  ],
  { cwd: root, stdio: 'inherit' },
)
process.on('SIGINT', () => vitest.kill('SIGINT'))
vitest.on('exit', (code) => process.exit(code ?? 1))
