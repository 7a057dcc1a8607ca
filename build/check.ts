// npm run check: types, lint and format, import rules, unused code; the three run side by side.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

const checks: { name: string; args: string[] }[] = [
  { name: 'types', args: ['node_modules/typescript-7/bin/tsc', '-b'] },
  { name: 'lint and format', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  {
    name: 'import rules',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'contract',
      'electron',
      'renderer',
      'townhall',
      'build',
      'bench',
      'tests',
    ],
  },
  { name: 'unused code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
]

/** Runs every check; prints the output of those that failed. @returns whether all passed */
export async function runChecks(): Promise<boolean> {
  const startedMs = performance.now()
  const results = await Promise.all(checks.map(runOne))
  for (const result of results) {
    console.log(`${result.passed ? 'ok    ' : 'FAILED'} ${result.name}`)
    if (!result.passed) console.log(result.output.trimEnd())
  }
  console.log(`check: ${Math.round((performance.now() - startedMs) / 1000)} s`)
  return results.every((result) => result.passed)
}

function runOne(check: { name: string; args: string[] }): Promise<{ name: string; passed: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, check.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('close', (code) => resolve({ name: check.name, passed: code === 0, output }))
  })
}

if (import.meta.main) process.exit((await runChecks()) ? 0 : 1)
