/** The number behind a name among the arguments: `--minutes 10`. */
export function numberOf(args: readonly string[], name: string, otherwise: number): number {
  const at = args.indexOf(name)
  return at === -1 ? otherwise : Number(args[at + 1])
}
