/**
 * E2. An environment for a program of ours without what turns Electron into a Node, or makes either of them load and open what nobody here asked for.
 * The packaged program has this in its fuses as well; a developer's Electron has not.
 */
export function plainEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || /^(?:ELECTRON|NODE)_/i.test(name) ? [] : [[name, value]],
    ),
  )
}
