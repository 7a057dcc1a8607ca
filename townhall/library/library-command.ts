import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Command, usageError } from '../command.ts'
import { withPublishLock } from '../releases/publish-lock.ts'
import { actorOf, cancelling } from './cancelling.ts'
import { type HarvestSource, harvest } from './harvest.ts'
import { importFile } from './import-file.ts'
import { libraryFiles } from './library-files.ts'
import { loansUsage, setLoans } from './loans-command.ts'
import { setDaily, setWatch, watchUsage } from './plan-command.ts'
import { guessReadings } from './readings/guess-command.ts'
import { tellReport } from './tell-report.ts'
import { tellStatus } from './tell-status.ts'
import { webAddress } from './web-address.ts'

type Options = {
  source?: string | undefined
  prefix: string
  schema: string
  query?: string | undefined
  set?: string | undefined
}

export const libraryCommand: Command = {
  name: 'library',
  usage: `library import FILE [--source NAME] [--part] [--really] [--column OURS=THEIRS]… | library harvest ADDRESS [--prefix marcxml] [--set SET] | library harvest ADDRESS --query CQL [--schema marcxml] [--really] | library harvest … --daily HH:MM | ${watchUsage} | ${loansUsage} | library build | library readings | library status   [--data DIR]`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        source: { type: 'string' },
        prefix: { type: 'string', default: 'marcxml' },
        set: { type: 'string' },
        query: { type: 'string' },
        schema: { type: 'string', default: 'marcxml' },
        part: { type: 'boolean', default: false },
        really: { type: 'boolean', default: false },
        column: { type: 'string', multiple: true, default: [] },
        daily: { type: 'string' },
        // Whom the audit log names, and the file by what name: the hub calls this for somebody else.
        by: { type: 'string' },
        from: { type: 'string' },
        'due-dates': { type: 'boolean', default: false },
        'key-file': { type: 'string' },
        address: { type: 'string' },
      },
    })
    const [what, file, ...more] = positionals
    if (what === 'import' && file !== undefined) return importFile(file, values, io)
    const { context, loans } = await io.openHub(values.data)
    if (what === 'harvest' && file !== undefined && URL.canParse(file)) {
      const outside = { fetch, wait: (ms: number) => setTimeout(ms), signal: new AbortController().signal }
      const progress = (records: number, of?: number) =>
        io.warn(`  ${records}${of === undefined ? '' : ` / ${of}`} タイトル`)
      const by = { actor: actorOf(values.by), really: values.really, cancel: cancelling(values.by, io) }
      const from = harvestSource(webAddress(file).href, values)
      if (values.daily !== undefined) return setDaily(context, from, values.daily, io)
      return tellReport(await harvest(context, from, by, { ...outside, progress }), io)
    }
    if (what === 'watch' && file !== undefined) return setWatch(context, file, values, io)
    if (what === 'loans' && file !== undefined) return setLoans(context, [file, ...more], values, io)
    if (what === 'status') return tellStatus(context, loans, io)
    if (what === 'readings') return guessReadings(context, io)
    if (what !== 'build')
      throw usageError(
        'library import FILE、library harvest ADDRESS、library watch FOLDER、library loans FILE、library build、library readings、library status のどれかです。',
      )
    const files = await withPublishLock(context.dataDir, () => libraryFiles(context))
    io.say(
      files === null
        ? '蔵書がまだありません。'
        : `検索ファイル ${files.segments.length}、${files.asOf} の蔵書です。公開すると端末に届きます。`,
    )
    return files === null ? 1 : 0
  },
}

function harvestSource(address: string, options: Options): HarvestSource {
  const { source } = options
  // Of a query's list what is not in it any more is taken away: it may not be mixed up with a file's.
  if (options.query !== undefined)
    return { kind: 'sru', address, source: source ?? 'sru', query: options.query, schema: options.schema }
  return { kind: 'oai', address, source: source ?? 'file', prefix: options.prefix, set: options.set }
}
