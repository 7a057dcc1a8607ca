import { defineConfig } from 'vitest/config'
import { longTests } from './build/long-tests.ts'

/** Patience, not speed: a machine that is busy is slow at everything, and that is no failure. A poll gives up before its test does, for it knows what it waited for. */
const common = { testTimeout: 240_000, hookTimeout: 240_000, expect: { poll: { timeout: 120_000, interval: 20 } } }

export default defineConfig({
  test: {
    // Two cores: more workers only make time-outs.
    maxWorkers: 2,
    pool: 'forks',
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['{contract,electron,townhall,build,content}/**/*.test.ts', 'tests/{house,library}/**/*.test.ts'],
          exclude: ['townhall/console/**'],
        },
      },
      {
        test: {
          ...common,
          name: 'screen',
          environment: 'happy-dom',
          include: ['renderer/**/*.test.{ts,tsx}', 'townhall/console/**/*.test.{ts,tsx}'],
        },
      },
      { test: { ...common, name: 'fault', include: ['tests/faults/**/*.test.ts'], testTimeout: 400_000 } },
      {
        test: {
          ...common,
          name: 'town',
          include: ['tests/town/**/*.test.ts', 'tests/browser/**/*.test.ts', 'tests/breakouts/**/*.test.ts'],
          exclude: process.env.WITHOUT_LONG_TESTS ? longTests : [],
          testTimeout: 400_000,
          hookTimeout: 400_000,
        },
      },
    ],
  },
})
