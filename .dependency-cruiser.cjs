// The rooms of the house (docs/engineer.md "Import rules"). tests/house plants one violation per rule and asserts that it is caught.
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const npm = (pattern) => `(^|/)node_modules/(${pattern})(/|$)`
module.exports = {
  forbidden: [
    only('no-cycle', 'two files that need each other are one file', {}, { circular: true }),
    only(
      'contract-is-alone',
      'contract imports zod and the RPC contract package only',
      { path: '^contract/', pathNot: '\\.test\\.ts$' },
      { pathNot: `^contract/|${npm('zod|@orpc/contract')}` },
    ),
    only(
      'electron-behind-the-shell',
      "only electron/shell, main and preload import 'electron'",
      { pathNot: '^electron/(shell/|main\\.ts$|preload\\.ts$)' },
      { path: npm('electron') },
    ),
    only(
      'kiosk-knows-no-host',
      'electron/kiosk imports neither shell nor chromium',
      { path: '^electron/kiosk/' },
      { path: '^electron/(shell|chromium)/' },
    ),
    only(
      'hosts-never-meet',
      'the two hosts share the kiosk, not each other',
      { path: '^electron/shell/' },
      { path: '^electron/chromium/' },
    ),
    only(
      'hosts-never-meet-2',
      'the two hosts share the kiosk, not each other',
      { path: '^electron/chromium/' },
      { path: '^electron/shell/' },
    ),
    only(
      'sqlite-behind-the-database',
      'better-sqlite3 only in the two database folders',
      { pathNot: '^(electron/kiosk/database|townhall/database)/|^(bench|tests)/' },
      { path: npm('better-sqlite3') },
    ),
    only(
      'kysely-behind-repositories',
      'kysely only in repositories and the database folder',
      {
        path: '^(townhall|electron|renderer)/',
        pathNot: '^townhall/database/|repository(\\.test)?\\.ts$|^townhall/(context|staff/auth)\\.ts$|\\.test\\.ts$',
      },
      { path: npm('kysely') },
    ),
    only(
      'screen-knows-contract-only',
      'renderer imports contract only',
      { path: '^renderer/' },
      { path: '^(electron|townhall|build|bench|tests)/' },
    ),
    only(
      'screen-takes-types-only',
      'zod and the contract libraries cost the visitor 96 kB: types only',
      { path: '^renderer/', pathNot: '\\.test\\.tsx?$' },
      { path: `^contract/(?!menu-ids|languages)|${npm('zod|@orpc/contract')}`, dependencyTypesNot: ['type-only'] },
    ),
    only(
      'menus-never-meet',
      'a menu never imports another menu',
      { path: '^renderer/menus/([^/]+)/' },
      { path: '^renderer/menus/', pathNot: '^renderer/menus/$1/' },
    ),
    only(
      'only-app-knows-menus',
      'the app is the only place where menus meet',
      { path: '^renderer/(?!app/|menus/)' },
      { path: '^renderer/menus/' },
    ),
    only(
      'hub-knows-no-kiosk',
      'townhall never imports electron or renderer',
      { path: '^townhall/' },
      { path: '^(electron|renderer)/' },
    ),
    only(
      'kiosk-knows-no-hub',
      'electron never imports townhall or renderer',
      { path: '^electron/' },
      { path: '^(townhall|renderer)/' },
    ),
    only(
      'console-is-a-browser',
      'console pages import contract and themselves only',
      { path: '^townhall/console/' },
      { path: '^townhall/(?!console/)' },
    ),
    only(
      'hub-serves-the-console-as-files',
      'server code never imports the console',
      { path: '^townhall/(?!console/)' },
      { path: '^townhall/console/' },
    ),
    only(
      'build-is-nobodys',
      'nobody imports build, bench or tests',
      { path: '^(contract|electron|renderer|townhall)/' },
      { path: '^(build|bench|tests)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
