/**
 * Files that play whole breakdowns in real time, with a browser or a machine that is begun again each time, and the modes of sight that
 * repeat on one stage what another mode shows on the other. Together they take as long as all the others; a plain `npm test`, which has twenty minutes, leaves them out and says so. `npm test -- --all` runs them.
 */
export const longTests = [
  'tests/breakouts/crashes.test.ts',
  'tests/breakouts/guarded-crashes.test.ts',
  'tests/breakouts/keys.test.ts',
  'tests/browser/accessibility-rest.test.ts',
  'tests/browser/maintenance.test.ts',
  'tests/town/departure.test.ts',
  'tests/town/quiet-hours.test.ts',
]
