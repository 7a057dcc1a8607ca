// npm run bench -- NAME [--full] : runs bench/NAME.ts; each figure is one JSON line on stdout, everything else goes to stderr.
import { readdirSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'

export type Figure = { name: string; value: number; unit: string; ratioTo?: string; [more: string]: unknown }
export type Bench = (emit: (figure: Figure) => void, args: string[]) => Promise<void>

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.includes('.test.') && !file.includes('-'))
  .map((file) => file.slice(0, -3))
const [name, ...args] = process.argv.slice(2)

if (!name || !names.includes(name)) {
  console.error(`usage: npm run bench -- ${names.join(' | ')} [--full]`)
  process.exit(2)
}
console.error(
  `bench ${name}: Node ${process.version}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
)
const { run } = (await import(`./${name}.ts`)) as { run: Bench }
await run((figure) => console.log(JSON.stringify({ bench: name, ...figure })), args)
